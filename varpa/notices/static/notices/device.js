// Be told on this device: asks the browser, and sends what it gives with the form (data-device: the key of the
// installation). What cannot be is said where the button would stand; the page itself works without.

const form = document.querySelector("form[data-device]");
if (form) begin(form);

async function begin(form) {
  const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!can) return say("cannot");
  if (Notification.permission === "denied") return say("denied");
  const here = await navigator.serviceWorker.register("/worker.js").then(() => navigator.serviceWorker.ready);
  const known = Notification.permission === "granted" && (await here.pushManager.getSubscription());
  form.hidden = Boolean(known) && "here" in form.dataset;
  form.addEventListener("submit", (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    ask(here, form).catch(() => say("failed"));
  });
}

async function ask(here, form) {
  if ((await Notification.requestPermission()) !== "granted") return say("denied");
  const key = bytes(form.dataset.device);
  const one = await subscribed(here, key);
  const { endpoint, keys } = one.toJSON();
  form.elements.endpoint.value = endpoint;
  form.elements.public_key.value = keys.p256dh;
  form.elements.auth.value = keys.auth;
  form.submit();
}

async function subscribed(here, key) {
  const asked = { userVisibleOnly: true, applicationServerKey: key };
  const known = await here.pushManager.getSubscription();
  // An installation that was moved has another key: the browser then has to be asked anew.
  if (known && !same(new Uint8Array(known.options.applicationServerKey), key)) await known.unsubscribe();
  return here.pushManager.subscribe(asked);
}

function same(one, other) {
  return one.length === other.length && one.every((each, at) => each === other[at]);
}

function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
}

function say(what) {
  document.querySelectorAll("[data-device-says]").forEach((one) => (one.hidden = one.dataset.deviceSays !== what));
  form.hidden = what === "cannot";
}
