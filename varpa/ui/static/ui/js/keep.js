// What is typed into a form with data-keep or data-autosave outlives a lost network, an ended session, a closed tab.
// It waits in localStorage, under the person (or a page's `keeper`), the form's address and id, until the server has it:
// "varpa:saved" (saving.js), or a page for this person that came as the answer to the submit. Then it goes.
// A form that saves itself is filled again at once; any other one offers the text (the template #kept).
// Whoever signs out (a form with data-leave) leaves no own text behind on a device that others use too;
// a session that only ends keeps them.

const DAYS = 30;
const person = document.body.dataset.person ?? "";
const PREFIX = `varpa:${person}:`;
const refused = document.querySelector("form :is(.merge, .notice.bad, [aria-invalid=true]), [data-unsaved]");

if (person) {
  forget();
  for (const form of document.querySelectorAll("form[data-keep], form[data-autosave]")) start(form);
  document.addEventListener("submit", (event) => {
    if ("leave" in event.target.dataset) for (const key of stored(PREFIX)) localStorage.removeItem(key);
    if (!event.target.contains(refused)) return;
    // A page of two texts sends the form of another page: what waits for that one (by its id, if it has it) goes with it.
    for (const key of stored(`${place(event.target)}${event.target.id}`)) write(key, { ...read(key), sent: location.href.split("#")[0] });
  });
}

// With what is asked for: a diary page about one meeting is another one than that about the next.
function place(form) {
  const { pathname, search } = new URL(form.action, location.href);
  return `${PREFIX}${pathname}${search}#`;
}

function stored(begins) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(begins));
  } catch {
    return [];
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // No room, or forbidden: the form works as without keeping.
  }
}

// Sent, and this page is the answer: the server has it, unless it says here that it could not take the words.
// After a failed network or a sign-in this page comes from elsewhere, and the text stays. Too old: nobody waits for it.
function forget() {
  for (const key of stored(PREFIX)) {
    const draft = read(key);
    const answered = draft?.sent && draft.sent === document.referrer;
    if (answered && refused) write(key, { ...draft, sent: "" });
    else if (!draft || answered || Date.now() - draft.at > DAYS * 86400000) localStorage.removeItem(key);
  }
}

function typed(form) {
  const hidden = new Set([...form.querySelectorAll("input[type=hidden]")].map((input) => input.name));
  return [...new FormData(form)].filter(([name, value]) => !hidden.has(name) && typeof value === "string");
}

// `part`: written without a connection (without.js), it says nothing of the other fields.
function fill(form, entries, part) {
  const left = entries.map(([name, value]) => ({ name, value }));
  const said = new Set(entries.map(([name]) => name));
  for (const input of form.elements) {
    if (!input.name || input.type === "hidden" || input.type === "file" || (part && !said.has(input.name))) continue;
    const ticked = input.type === "checkbox" || input.type === "radio";
    const place = left.findIndex((entry) => entry.name === input.name && (!ticked || entry.value === input.value));
    if (ticked) input.checked = place >= 0;
    else if (place >= 0) input.value = left[place].value;
    if (place >= 0) left.splice(place, 1);
  }
  for (const fold of form.querySelectorAll("details")) {
    if ([...fold.querySelectorAll("textarea")].some((box) => box.value)) fold.open = true;
  }
}

function start(form) {
  const key = `${place(form)}${form.id}`;
  const revision = form.elements.namedItem("revision");
  const draft = read(key);

  function restore() {
    fill(form, draft.entries, draft.part);
    // The text was written upon this revision: where it is no longer the newest, the server shows both.
    if (revision && draft.revision) revision.value = draft.revision;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const differs = () => {
    const said = new Set(draft.entries.map(([name]) => name));
    const now = typed(form).filter(([name]) => !draft.part || said.has(name));
    return JSON.stringify(draft.entries) !== JSON.stringify(now);
  };
  const missing = () => draft && !form.contains(refused) && differs();
  if (missing() && "autosave" in form.dataset) restore();
  // After Back the browser itself fills the fields again, later than this: then there is nothing to offer.
  else if (missing()) window.addEventListener("pageshow", () => missing() && offer(form, key, restore), { once: true });

  const keep = (sent) => write(key, { at: Date.now(), entries: typed(form), revision: revision?.value, sent });
  form.addEventListener("input", () => keep(""));
  form.addEventListener("varpa:saved", () => localStorage.removeItem(key));
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) keep(location.href.split("#")[0]);
  });
}

function offer(form, key, restore) {
  const template = document.getElementById("kept");
  if (!template) return;
  const notice = template.content.firstElementChild.cloneNode(true);
  form.prepend(notice);
  notice.addEventListener("click", (event) => {
    const choice = event.target.closest("button")?.dataset.kept;
    if (!choice) return;
    if (choice === "back") restore();
    else localStorage.removeItem(key);
    notice.remove();
  });
}
