// The page without a connection: a box for the diary or for how a meeting was, kept on this device.
// A draft has the shape of keep.js, under the person and the form's address; `part`: it says nothing of other fields;
// `adds`: to what may stand there, unseen from here; `revision`: of what this device saw there last.

const known = JSON.parse(localStorage.getItem("varpa-offline") ?? "{}");
const prefix = `varpa:${known.person}:`;
const formOf = (path) => [...document.querySelectorAll("[data-path]")].find((each) => new RegExp(each.dataset.path).test(path));
const form = formOf(location.pathname);
const SIGNS = "23456789abcdefghjkmnpqrstuvwxyz";
const WAIT = 3000; // milliseconds
// A new page of the diary is of the day on which it is written; of any other the site knows the day, or the meeting does.
const asked = new URLSearchParams(location.search);
const dated = form?.elements.day && location.pathname.endsWith("/new/") && !asked.has("meeting");
// It has its reference from the beginning: opened twice, sent twice, it is one page.
if (dated && !asked.has("ref")) history.replaceState(history.state, "", `?ref=${reference()}${location.hash}`);
const key = `${prefix}${location.pathname}${location.search}#${form?.id}`;

if (known.person) {
  pressed();
  if (form) write();
  else list();
  waits();
}
addEventListener("online", back);
// Nor does every device notice: behind a wall that lets nothing through it believes itself online all the time.
const waiting = setInterval(back, WAIT);
document.querySelector("[data-again]").addEventListener("click", () => location.reload());

function reference() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((each) => SIGNS[each % SIGNS.length]).join("");
}

function drafts() {
  const keys = Object.keys(localStorage).filter((each) => each.startsWith(prefix));
  return keys.map((each) => [each, JSON.parse(localStorage.getItem(each))]);
}

// Sent, and answered by this page: it did not go out, and goes when its page is there again.
function pressed() {
  for (const [each, draft] of drafts()) {
    if (draft.sent) localStorage.setItem(each, JSON.stringify({ ...draft, sent: "", waits: true, send: true }));
  }
}

function write() {
  const draft = JSON.parse(localStorage.getItem(key) ?? "null");
  const touched = new Set(dated ? ["day"] : []);
  form.hidden = false;
  if (dated) form.elements.day.value = new Date().toLocaleDateString("sv");
  for (const [name, value] of draft?.entries ?? []) if (form.elements[name]) form.elements[name].value = value;
  if (draft) tell(draft.send);
  form.addEventListener("input", (event) => {
    touched.add(event.target.name);
    keep(false);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const each of form.elements) if (each.name && each.value) touched.add(each.name);
    keep(true);
  });

  function keep(send) {
    // What the page itself had beside these fields stays in the draft; what was not touched here says nothing.
    const written = [...new FormData(form)].filter(([name]) => touched.has(name));
    const entries = [...new Map([...(draft?.entries ?? []), ...written])];
    const more = { at: Date.now(), title: title(), page: location.pathname + location.search, entries, sent: "", waits: true, send };
    const revision = known.seen?.[location.pathname] ?? "0";
    const kept = { ...(draft ?? { revision, part: true, adds: true }), ...more, offered: undefined };
    localStorage.setItem(key, JSON.stringify(kept));
    tell(send);
  }

  function tell(send) {
    for (const each of form.querySelectorAll("[data-kept-here]")) each.hidden = (each.dataset.keptHere === "send") !== Boolean(send);
  }
}

function title() {
  const place = (known.places ?? []).find(([path]) => path === location.pathname);
  return place?.[1] ?? form.dataset.title;
}

function list() {
  const places = document.querySelector("[data-places]");
  for (const [path, words] of known.places ?? []) add(places, words, path);
}

// What waits on this device already, but for what stands in the box.
function waits() {
  const others = drafts().filter(([each, draft]) => draft.waits && each !== key);
  for (const [each, draft] of others.sort(([, a], [, b]) => b.at - a.at)) {
    const when = new Date(draft.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    add(document.querySelector("[data-waits]"), `${draft.title ?? ""} ${when}`, each.slice(prefix.length).split("#")[0]);
  }
}

function add(here, words, path) {
  const line = document.createElement("li");
  const link = document.createElement(formOf(path.split("?")[0]) ? "a" : "span");
  if (link.localName === "a") link.href = path;
  link.className = "link-tall";
  link.textContent = words;
  line.append(link);
  here.append(line);
  here.parentElement.hidden = false;
}

// A device is told of its network before the network carries anything.
async function back() {
  const answers = await fetch("/health/", { cache: "no-store" }).then((answer) => answer.ok, () => false);
  if (!answers) return;
  // Once: a second one would break off the first where the page is slow to come.
  clearInterval(waiting);
  location.reload();
}
