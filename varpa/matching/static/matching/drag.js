// A mentee is dragged by a handle to another pair's mentor, with mouse, pen or finger; before anything is
// decided a dialog tells what it costs. Dropped on the bar below, any mentor of the matching can be named.
// Without this script, and by keyboard, what stands under "Decide" does both.

const board = document.querySelector("[data-board]");
const EDGE = 60; // Pixels from the edge of the window from which on the page scrolls under what is dragged.
let held = null;
const elsewhere = document.createElement("div");
elsewhere.className = "elsewhere";
elsewhere.textContent = board.dataset.elsewhere;
elsewhere.dataset.mentor = "";
elsewhere.hidden = true;
board.after(elsewhere);

for (const row of board.querySelectorAll("[data-mentee]")) {
  const handle = document.createElement("button");
  handle.type = "button";
  handle.className = "handle";
  handle.textContent = "⠿";
  handle.title = board.dataset.drag;
  handle.setAttribute("aria-label", `${board.dataset.drag}: ${row.dataset.name}`);
  row.querySelector(".two").prepend(handle);
  handle.addEventListener("pointerdown", (event) => take(event, row, handle));
  // By keyboard a handle opens the list with the same choice.
  handle.addEventListener("click", (event) => {
    if (event.detail) return;
    row.querySelector("details").open = true;
    row.querySelector("select")?.focus();
  });
}

function take(event, row, handle) {
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  const ghost = document.createElement("div");
  ghost.className = "ghost";
  ghost.setAttribute("aria-hidden", "true");
  ghost.textContent = row.dataset.name;
  board.append(ghost);
  elsewhere.hidden = false;
  held = { row, handle, ghost, over: null };
  handle.onpointermove = follow;
  handle.onpointerup = (last) => drop(last);
  handle.onpointercancel = () => drop(null);
  document.addEventListener("keydown", escape);
  follow(event);
}

function follow(event) {
  const { row, ghost } = held;
  ghost.style.translate = `${event.clientX + 12}px ${event.clientY + 12}px`;
  if (event.clientY < EDGE) scrollBy(0, -EDGE / 4);
  else if (event.clientY > innerHeight - EDGE) scrollBy(0, EDGE / 4);
  const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-mentor]");
  held.over?.classList.remove("over");
  held.over = over && over !== row && (over === elsewhere || board.contains(over)) ? over : null;
  held.over?.classList.add("over");
}

function escape(event) {
  if (event.key === "Escape") drop(null);
}

function drop(event) {
  if (!held) return;
  const { row, handle, ghost, over } = held;
  held = null;
  handle.onpointermove = handle.onpointerup = handle.onpointercancel = null;
  document.removeEventListener("keydown", escape);
  ghost.remove();
  elsewhere.hidden = true;
  over?.classList.remove("over");
  if (event && over) ask(row, over, handle);
}

async function ask(row, over, handle) {
  const query = new URLSearchParams({ mentee: row.dataset.mentee, mentor: over.dataset.mentor });
  const page = new URLSearchParams(location.search).get("page");
  if (page) query.set("page", page);
  const address = `${board.dataset.cost}?${query}`;
  let told;
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    told = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-cost]");
  } catch {
    // No network at this moment: the page itself says so.
  }
  if (!told) return location.assign(address);
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "cost-head");
  dialog.append(told);
  board.append(dialog);
  dialog.querySelector("[data-not-now]").addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    handle.focus();
  });
  dialog.showModal();
}
