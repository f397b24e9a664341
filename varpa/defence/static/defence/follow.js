// A page of a defence that is open follows the stage: it asks every few seconds for a number, and loads itself again
// when the number is another one. What is typed and not saved is never lost by that: then the page only says so.
// The clock counts by the server's time, whatever the phone believes.

const EVERY = 4000;
const SECOND = 1000;
const follow = document.querySelector("[data-follow]");
const form = document.querySelector("form[data-autosave]");
let dirty = false;

if (form) {
  form.addEventListener("input", () => (dirty = true));
  form.addEventListener("varpa:saved", () => (dirty = false));
}
if (follow) setInterval(ask, Number(follow.dataset.every) || EVERY);
for (const clock of document.querySelectorAll("[data-until]")) start(clock);

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(follow.dataset.follow, { credentials: "same-origin", redirect: "error", cache: "no-store" });
    if (!answer.ok) return;
    const said = await answer.json();
    if (String(said.turn) === follow.dataset.turn) return;
    if (!dirty && !typing()) return location.reload();
    const changed = document.querySelector("[data-changed]");
    if (changed) changed.hidden = false;
  } catch {
    // A dead line: asked again in a few seconds.
  }
}

// Somebody who writes outside a form that saves itself, such as the host, is not interrupted.
function typing() {
  const here = document.activeElement;
  return !form && here !== null && here.matches("input:not([type=hidden]), textarea, select");
}

function start(clock) {
  const ahead = Number(clock.dataset.now) * SECOND - Date.now();
  const until = Number(clock.dataset.until) * SECOND;
  const left = clock.querySelector("[data-left]");
  const over = clock.querySelector("[data-over]");

  function show() {
    const seconds = Math.max(0, Math.ceil((until - Date.now() - ahead) / SECOND));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    left.hidden = seconds === 0;
    over.hidden = seconds > 0;
  }

  show();
  setInterval(show, SECOND);
}
