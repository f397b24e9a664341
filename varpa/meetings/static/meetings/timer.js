// The timer of a meeting that is on: the minutes since its planned start, and whose turn it is on the agenda.
// Everything is computed from the planned start and the device's clock: a reload, a lost line, a page that the browser
// kept, and the other's screen all say the same. It changes once a minute, and nothing moves.

const MINUTE = 60000;
const timer = document.querySelector("[data-timer]");

if (timer) start(Number(timer.dataset.starts) * 1000, Number(timer.dataset.minutes));

// As the pages write a length: `1 h 5 min`, `45 min`.
function length(minutes) {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = hours ? [`${hours}\u00a0h`] : [];
  if (rest || !hours) parts.push(`${rest}\u00a0min`);
  return parts.join(" ");
}

function start(starts, minutes) {
  const figure = timer.querySelector("[data-gone]");
  const bar = timer.querySelector("progress");
  const points = document.querySelectorAll("[data-begins]");
  let next = 0;

  function show() {
    const gone = Math.floor((Date.now() - starts) / MINUTE);
    const state = gone < 0 ? "ahead" : gone < minutes ? "on" : "over";
    // What is written anew is read anew by some readers of the screen: only what has changed is written.
    if (figure.textContent !== length(Math.max(gone, 0))) figure.textContent = length(Math.max(gone, 0));
    bar.value = Math.max(gone, 0);
    for (const part of timer.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
    for (const point of points) {
      const turn = Number(point.dataset.begins) <= gone && gone < Number(point.dataset.ends);
      if (turn) point.setAttribute("aria-current", "step");
      else point.removeAttribute("aria-current");
    }
    clearTimeout(next);
    next = setTimeout(show, MINUTE - ((((Date.now() - starts) % MINUTE) + MINUTE) % MINUTE));
  }

  show();
  // A phone that slept counts no seconds: it looks at the clock again.
  document.addEventListener("visibilitychange", show);
  window.addEventListener("pageshow", show);
}
