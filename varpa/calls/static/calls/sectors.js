// As somebody types, the server searches; what is ticked moves up to what is chosen and stays.

const box = document.querySelector("[data-seek]");
const chosen = document.querySelector("[data-chosen]");
const found = document.querySelector("[data-found]");
const told = document.querySelector("[data-told]");
let asked = 0;
let waits;

async function seek() {
  const mine = ++asked;
  const words = new URLSearchParams({ q: box.value, language: document.documentElement.lang });
  for (const tick of chosen.querySelectorAll("input:checked")) words.append("but", tick.value);
  try {
    const answer = await fetch(`${box.dataset.seek}?${words}`);
    if (!answer.ok || mine !== asked) return;
    found.innerHTML = await answer.text();
    told.textContent = `${told.dataset.told} ${found.querySelectorAll("input").length}`;
  } catch {
    // Without a network the button still asks, once there is one.
  }
}

box.addEventListener("input", () => {
  clearTimeout(waits);
  waits = setTimeout(seek, 200);
});

box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  seek();
});

found.addEventListener("change", (event) => {
  const choice = event.target.closest(".choice");
  if (!event.target.checked || !choice) return;
  choice.querySelector(".hint")?.remove();
  chosen.append(choice);
  event.target.focus();
});

// What was typed before this script had come.
if (box.value !== box.defaultValue) seek();
