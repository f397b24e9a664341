// What was to be sent and stands only on this device is named on whatever page is opened, with the way to where it goes.
// From the first time on it is kept here for as long as keep.js says; the form of this very page speaks for itself.
// A saving that was under way when its page was left (saving.js) is sent once more, as it was.

const DAYS = 30;
const PAUSE = 1000; // milliseconds
const TOKEN = "csrfmiddlewaretoken";
const prefix = `varpa:${document.body.dataset.person}:`;
const template = document.getElementById("waiting");
const here = location.pathname + location.search;

if (template) Promise.all(waiting().map(again)).then(show);

function drafts() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    return keys.map((key) => ({ key, draft: JSON.parse(localStorage.getItem(key)) }));
  } catch {
    return [];
  }
}

function waiting() {
  const own = new Set([...document.querySelectorAll("form[data-kept-as]")].map((form) => form.dataset.keptAs));
  return drafts().filter(({ key, draft }) => draft.waits && !own.has(key) && addressOf(key) !== here);
}

async function again({ key, draft }) {
  const tried = [...new URLSearchParams(draft.tried)];
  const whole = draft.entries.every(([name, value]) => tried.some((each) => each[0] === name && each[1] === value));
  if (!draft.tried || !whole) return;
  // The server may still be at it.
  await new Promise((done) => setTimeout(done, PAUSE));
  const body = new FormData();
  for (const [name, value] of tried) body.append(name, value);
  body.set(TOKEN, document.querySelector(`input[name=${TOKEN}]`)?.value ?? "");
  const options = { method: "POST", body, headers: { "X-Autosave": "1", Accept: "application/json" }, redirect: "manual" };
  const said = await fetch(addressOf(key), options).then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({}));
  if (said.saved_at && localStorage.getItem(key) === JSON.stringify(draft)) localStorage.removeItem(key);
}

function show() {
  const waits = waiting();
  if (!waits.length) return;
  const notice = template.content.cloneNode(true).firstElementChild;
  const line = notice.querySelector("li");
  for (const { key, draft } of waits) {
    draft.offered ??= Date.now();
    localStorage.setItem(key, JSON.stringify(draft));
    line.before(filled(line.cloneNode(true), key, draft));
  }
  line.remove();
  const messages = document.querySelector("main > .messages");
  if (messages) messages.prepend(notice.firstElementChild);
  else document.getElementById("main").prepend(notice);
}

function filled(line, key, draft) {
  const link = line.querySelector("a");
  link.href = draft.page && draft.page !== here ? draft.page : addressOf(key);
  link.textContent = draft.title || link.href;
  line.querySelector("[data-since]").textContent = said(draft.at, { dateStyle: "medium", timeStyle: "short" });
  line.querySelector("[data-until]").textContent = said(draft.offered + DAYS * 86400000, { dateStyle: "medium" });
  for (const words of draft.entries.flatMap(([name, value]) => (value && name !== "day" ? value.split("\n") : []))) {
    const paragraph = document.createElement("p");
    paragraph.textContent = words;
    line.querySelector("[data-words]").append(paragraph);
  }
  line.querySelector("[data-away]").addEventListener("click", () => {
    localStorage.removeItem(key);
    const list = line.parentElement;
    line.remove();
    if (!list.children.length) list.closest(".notice").remove();
  });
  return line;
}

function said(moment, how) {
  return new Date(moment).toLocaleString(document.documentElement.lang, how);
}

function addressOf(key) {
  return key.slice(prefix.length).split("#")[0];
}
