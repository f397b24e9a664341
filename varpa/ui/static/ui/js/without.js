// The page without a connection: a box for the diary or for how a meeting was, kept on this device.
// A draft has the shape of keep.js: {at, entries, revision, sent, part}, under the person and the form's address.

const known = JSON.parse(localStorage.getItem("varpa-offline") ?? "{}");
const form = [...document.querySelectorAll("[data-path]")].find((each) => new RegExp(each.dataset.path).test(location.pathname));
const WAIT = 3000; // milliseconds
const key = `varpa:${known.person}:${location.pathname}${location.search}#${form?.id}`;
// A new page of the diary is of the day on which it is written; of any other the site knows the day, or the meeting does.
const dated = form?.elements.day && location.pathname.endsWith("/new/") && !location.search;

if (form && known.person) write();
else list();
addEventListener("online", back);
// Nor does every device notice: behind a wall that lets nothing through it believes itself online all the time.
const waiting = setInterval(back, WAIT);
document.querySelector("[data-again]").addEventListener("click", () => location.reload());

function write() {
  const draft = JSON.parse(localStorage.getItem(key) ?? "null");
  const notice = form.querySelector("[data-kept-here]");
  form.hidden = false;
  if (dated) form.elements.day.value = new Date().toLocaleDateString("sv");
  for (const [name, value] of draft?.entries ?? []) if (form.elements[name]) form.elements[name].value = value;
  form.addEventListener("submit", (event) => event.preventDefault());
  const touched = new Set(dated ? ["day"] : []);
  form.addEventListener("input", (event) => {
    touched.add(event.target.name);
    // What the page itself had beside these fields stays in the draft; what was not touched here says nothing.
    const written = [...new FormData(form)].filter(([name]) => touched.has(name));
    const entries = new Map([...(draft?.entries ?? []), ...written]);
    const kept = { at: Date.now(), entries: [...entries], revision: draft?.revision ?? "0", sent: "", part: draft?.part ?? !draft };
    localStorage.setItem(key, JSON.stringify(kept));
    notice.hidden = false;
  });
}

function list() {
  const places = document.querySelector("[data-places]");
  for (const [path, words] of known.places ?? []) {
    const link = document.createElement("a");
    link.href = path;
    link.className = "link-tall";
    link.textContent = words;
    const line = document.createElement("li");
    line.append(link);
    places.append(line);
  }
  places.parentElement.hidden = !places.children.length;
}

// A device is told of its network before the network carries anything.
async function back() {
  const answers = await fetch("/health/", { cache: "no-store" }).then((answer) => answer.ok, () => false);
  if (!answers) return;
  // Once: a second one would break off the first where the page is slow to come.
  clearInterval(waiting);
  location.reload();
}
