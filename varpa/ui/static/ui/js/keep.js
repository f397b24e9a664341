// What is typed into a form with data-keep or data-autosave outlives a lost network, an ended session, a closed tab.
// It waits in localStorage, under the person (or a page's `keeper`), the form's address and id, until the server has it:
// "varpa:saved" (saving.js), or a page for this person that came as the answer to the submit. Then it goes.
// A form that saves itself is filled again at once; any other one offers the text (the template #kept), or sends it where
// its button was pressed in vain (data-resend). What was to be sent and was not `waits`: waiting.js says so on each page.
// Whoever signs out (a form with data-leave) leaves no own text behind on a device that others use too;
// a session that only ends keeps them.

const DAYS = 30;
const person = document.body.dataset.person ?? "";
const PREFIX = `varpa:${person}:`;
// The worker leads here from a form that was sent in vain: this page is no answer.
const unsent = location.hash === "#unsent";
const BACK = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
const refused = document.querySelector("form :is(.merge, .notice.bad, [aria-invalid=true]), [data-unsaved]");

if (person) {
  forget();
  if (unsent) history.replaceState(history.state, "", location.pathname + location.search);
  for (const form of document.querySelectorAll("form[data-keep], form[data-autosave]")) start(form);
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
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
// After a failed network or a sign-in this page comes from elsewhere, and the text stays. Too old: nobody waits for it;
// what waits to be sent has first stood on a page for as long (`offered`).
function forget() {
  for (const key of stored(PREFIX)) {
    const draft = read(key);
    const answered = draft?.sent && draft.sent === document.referrer;
    const old = Date.now() - (draft?.waits ? draft.offered : draft?.at) > DAYS * 86400000;
    if (draft?.sent && unsent) write(key, { ...draft, sent: "", waits: true, send: true });
    else if (answered && refused) write(key, { ...draft, sent: "" });
    else if (!draft || answered || old) localStorage.removeItem(key);
  }
}

function typed(form) {
  const hidden = new Set([...form.querySelectorAll("input[type=hidden]")].map((input) => input.name));
  return [...new FormData(form)].filter(([name, value]) => !hidden.has(name) && typeof value === "string");
}

// `part`: it says nothing of the other fields; `adds`: written without a connection, unseen what stands there (without.js).
function fill(form, { entries, part, adds }) {
  const left = entries.map(([name, value]) => ({ name, value }));
  const said = new Set(entries.map(([name]) => name));
  for (const input of form.elements) {
    if (!input.name || input.type === "hidden" || input.type === "file" || (part && !said.has(input.name))) continue;
    const ticked = input.type === "checkbox" || input.type === "radio";
    const place = left.findIndex((entry) => entry.name === input.name && (!ticked || entry.value === input.value));
    if (ticked) input.checked = place >= 0;
    else if (place >= 0) {
      const above = adds && input.localName === "textarea" && input.value ? `${input.value}\n\n` : "";
      input.value = above + left[place].value;
    }
    if (place >= 0) left.splice(place, 1);
  }
  for (const fold of form.querySelectorAll("details")) {
    if ([...fold.querySelectorAll("textarea")].some((box) => box.value)) fold.open = true;
  }
}

function start(form) {
  // A new page stands under its own reference from the first word on, also where it is opened again.
  if (form.dataset.address) history.replaceState(history.state, "", form.dataset.address);
  let key = `${place(form)}${form.id}`;
  const revision = form.elements.namedItem("revision");
  // What is hidden and says which thing is made: sent a second time, it makes none.
  const made = [...form.querySelectorAll("input[type=hidden][name$='-ref']")];
  begun();
  const draft = read(key);
  let waits = "autosave" in form.dataset || draft?.waits;

  // Begun where the thing had no address yet: what was written there belongs here.
  function begun() {
    const before = form.dataset.begun && `${PREFIX}${form.dataset.begun}#${form.id}`;
    if (!before || read(key) || !read(before)) return;
    write(key, read(before));
    localStorage.removeItem(before);
  }

  // The text was written upon this revision: where it is no longer the newest, the server shows both.
  // What only adds stands below the rest in a box, where it is seen before the button is pressed.
  const newest = !revision || draft?.revision === revision.value;
  function restore() {
    const adds = draft.adds && (newest || !("autosave" in form.dataset));
    fill(form, { ...draft, adds });
    for (const input of made) input.value = draft.made?.[input.name] ?? input.value;
    if (revision && draft.revision && !adds) revision.value = draft.revision;
    if (draft.tried) form.dataset.tried = draft.tried;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const differs = (there) => {
    const said = new Set(draft.entries.map(([name]) => name));
    const now = typed(there).filter(([name]) => !draft.part || said.has(name));
    return JSON.stringify(draft.entries) !== JSON.stringify(now);
  };
  const missing = () => draft && !form.contains(refused) && differs(form);
  // What the browser itself filled in again does not count: does the server have it?
  const served = form.cloneNode(true);
  served.reset();
  if (draft && !form.contains(refused) && !differs(served)) localStorage.removeItem(key);
  else if (missing() && "autosave" in form.dataset) restore();
  else if (missing() && draft.send && newest && "resend" in form.dataset) {
    restore();
    addEventListener("load", () => form.requestSubmit());
  }
  // After Back the browser itself fills the fields again, later than this: then there is nothing to offer.
  else if (missing()) window.addEventListener("pageshow", () => missing() && offer(form, key, restore), { once: true });

  function keep(sent, send) {
    const now = `${place(form)}${form.id}`;
    if (now !== key) localStorage.removeItem(key);
    key = form.dataset.keptAs = now;
    waits ||= Boolean(sent || send);
    write(key, {
      at: Date.now(),
      title: document.querySelector("h1")?.textContent.trim(),
      page: location.pathname + location.search,
      entries: typed(form),
      made: Object.fromEntries(made.map(({ name, value }) => [name, value])),
      revision: revision?.value,
      tried: form.dataset.tried,
      part: form.dataset.keep === "part",
      sent,
      send,
      waits,
    });
  }
  form.dataset.keptAs = key;
  // Back on the page from which it was sent: no page answered, else it would be gone.
  addEventListener("pageshow", ({ persisted }) => (persisted || BACK) && read(key)?.sent && keep("", true));
  form.addEventListener("input", () => keep(""));
  form.addEventListener("varpa:kept", () => keep(""));
  form.addEventListener("varpa:unsent", () => keep("", true));
  form.addEventListener("varpa:saved", () => {
    localStorage.removeItem(key);
    key = form.dataset.keptAs = `${place(form)}${form.id}`;
    localStorage.removeItem(key);
  });
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
