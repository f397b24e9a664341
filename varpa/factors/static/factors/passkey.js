// A passkey: asks the browser for it, and sends what it gives with the form (data-passkey: get or create). What the
// browser has to prove stands in data-options; where it does not, the form's own address is asked. The mailed code
// works without.

for (const form of document.querySelectorAll("form[data-passkey]")) begin(form);

function begin(form) {
  // Browsers tie passkeys to the name of a site.
  if (/^[\d.]+$|:/.test(location.hostname)) return say(form, "number");
  if (!("credentials" in navigator) || !("PublicKeyCredential" in window)) return say(form, "cannot");
  form.addEventListener("submit", (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    say(form, "");
    ask(form).catch((error) => say(form, error.name === "InvalidStateError" ? "known" : "failed"));
  });
}

async function ask(form) {
  const { publicKey } = form.dataset.options ? JSON.parse(form.dataset.options) : await options(form.action);
  const given = await navigator.credentials[form.dataset.passkey]({ publicKey: asked(publicKey) });
  form.elements.credential.value = JSON.stringify(written(given));
  form.submit();
}

async function options(address) {
  const answer = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error("refused");
  return (await answer.json()).request_options;
}

// What the page can hold is text; the browser wants bytes.
function asked(key) {
  const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  const made = { ...key, challenge: bytes(key.challenge) };
  if (key.user) made.user = { ...key.user, id: bytes(key.user.id) };
  if (key.excludeCredentials) made.excludeCredentials = known(key.excludeCredentials);
  if (key.allowCredentials) made.allowCredentials = known(key.allowCredentials);
  return made;
}

function written(given) {
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const response = {};
  for (const name of names) if (given.response[name]) response[name] = text(given.response[name]);
  if (given.response.getTransports) response.transports = given.response.getTransports();
  return {
    id: given.id,
    rawId: text(given.rawId),
    type: given.type,
    response,
    clientExtensionResults: given.getClientExtensionResults(),
    authenticatorAttachment: given.authenticatorAttachment,
  };
}

function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
}

function text(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function say(form, what) {
  form.querySelectorAll("[data-passkey-says]").forEach((one) => (one.hidden = one.dataset.passkeySays !== what));
}
