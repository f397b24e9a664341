// Without a connection a page of the site's own answers (offline.html, kept by /worker.js).
// Here is remembered what may be written then: the reviews to which this page leads, and what it says of itself
// (data-offline: the address at which one writes without a connection); and which revision of a text stood here last.
// What is written there waits in localStorage as keep.js has it, and keep.js brings it back.

const KEY = "varpa-offline";
const REVIEW = /^\/meetings\/[a-z0-9]+\/review\/$/;
const MOST = 12;
const person = document.body.dataset.person;

if (person && navigator.serviceWorker) {
  const language = document.documentElement.lang;
  const before = read();
  const own = before.person === person ? before : {};
  const places = new Map(own.places);
  // What the page says of itself comes last: it names best what it leads to.
  const said = [...document.querySelectorAll("main a[href]"), ...document.querySelectorAll("main [data-offline]")];
  for (const link of said) {
    const path = link.dataset.offline ?? new URL(link.href).pathname;
    if (!link.dataset.offline && !REVIEW.test(path)) continue;
    places.delete(path);
    places.set(path, link.hidden ? link.textContent : words(link));
  }
  const seen = new Map(Object.entries(own.seen ?? {}));
  for (const form of document.querySelectorAll("form#entry, form#review")) {
    see(form);
    form.addEventListener("varpa:saved", () => see(form));
  }
  remember();
  navigator.serviceWorker.register("/worker.js").then(() => navigator.serviceWorker.ready).then((here) => {
    if (before.language !== language) here.active.postMessage(language);
    // Somebody else uses this device now: it tells the former one nothing any more.
    if (before.person && before.person !== person) here.pushManager?.getSubscription().then((one) => one?.unsubscribe());
  });
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && "leave" in event.target.dataset) localStorage.removeItem(KEY);
  });

  function see(form) {
    const path = new URL(form.action).pathname;
    const revision = form.elements.namedItem("revision")?.defaultValue;
    seen.delete(path);
    if (Number(revision)) seen.set(path, revision);
    remember();
  }

  function remember() {
    write({ person, language, places: [...places].slice(-MOST), seen: Object.fromEntries([...seen].slice(-MOST)) });
  }
}

function words(link) {
  const whose = document.querySelector("main .when strong")?.textContent.trim();
  const said = link.textContent.trim();
  return whose && whose !== said ? `${said} (${whose})` : said;
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function write(all) {
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // No room, or forbidden: without a connection there is then nothing to write in.
  }
}
