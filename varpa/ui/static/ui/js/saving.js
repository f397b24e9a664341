// A form with data-autosave saves itself a moment after the last key.
// It posts its fields to its own address with the header X-Autosave: 1 and is answered in JSON:
// {revision, saved_at} (saved_at in the reader's words; `there` where the thing begun has an address of its own),
// {conflict: true}, or {refused: true}. What happens stands in the bar of ui/saved.html.
// keep.js holds the text until "varpa:saved" is heard, and writes it down anew at "varpa:kept".
// A saving whose answer never came may have been done: it is sent once more as it was (data-tried), before what was
// written since. What stands already is no change, and nobody is told of another who changed it.

const PAUSE = 1500;
const AGAIN = 20000;
const TOKEN = "csrfmiddlewaretoken";

for (const form of document.querySelectorAll("form[data-autosave]")) start(form);

function start(form) {
  const bar = form.querySelector("[data-saved-bar]") ?? document.querySelector(`[data-saved-bar][data-for="${form.id}"]`);
  let timer = 0;
  let sending = null;
  let waiting = false;

  function show(state, clock) {
    if (!bar) return;
    if (clock) bar.querySelector("[data-clock]").textContent = clock;
    for (const line of bar.querySelectorAll("[data-when]")) line.hidden = line.dataset.when !== state;
  }

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  async function save() {
    clearTimeout(timer);
    if (sending) return;
    waiting = false;
    show("saving");
    sending = send();
    const { state, clock } = await sending;
    sending = null;
    form.dispatchEvent(new Event(state === "saved" && !waiting ? "varpa:saved" : "varpa:kept"));
    if (state === "saved" && waiting) return later(PAUSE);
    show(state, clock);
    if (state === "offline") later(AGAIN);
  }

  async function send() {
    const tried = [...new URLSearchParams(form.dataset.tried)];
    const lost = tried.length ? await post(tried) : {};
    const whole = lost.state === "saved" && words(tried) === words(new FormData(form));
    return whole || lost.state === "offline" ? lost : post(new FormData(form));
  }

  function words(entries) {
    const typed = ([name, value]) => typeof value === "string" && name !== "revision" && name !== TOKEN;
    return String(new URLSearchParams([...entries].filter(typed)));
  }

  async function post(entries) {
    const body = new FormData();
    for (const [name, value] of entries) body.append(name, value);
    body.delete(TOKEN);
    form.dataset.tried = new URLSearchParams([...body].filter(([, value]) => typeof value === "string"));
    form.dispatchEvent(new Event("varpa:kept"));
    body.set(TOKEN, form.elements.namedItem(TOKEN)?.value ?? "");
    const answer = await answered(body);
    if (answer.state !== "offline") delete form.dataset.tried;
    return answer;
  }

  async function answered(body) {
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { "X-Autosave": "1", Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
      });
      if (answer.status >= 500) return { state: "offline" };
      if (answer.type === "opaqueredirect" || answer.status === 401) return { state: "signed-out" };
      const said = await answer.json();
      if (said.conflict) return { state: "conflict" };
      if (said.refused || !answer.ok) return { state: "refused" };
      const revision = form.elements.namedItem("revision");
      if (revision && said.revision !== undefined) revision.value = said.revision;
      if (said.there) history.replaceState(history.state, "", said.there);
      return { state: "saved", clock: said.saved_at };
    } catch (error) {
      return { state: error instanceof SyntaxError ? "refused" : "offline" };
    }
  }

  form.addEventListener("input", () => {
    waiting = true;
    later(PAUSE);
  });
  // Its button was pressed in vain (sending.js).
  form.addEventListener("varpa:unsent", save);
  window.addEventListener("online", () => waiting || bar?.querySelector('[data-when="offline"]:not([hidden])') ? save() : null);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && waiting) save();
  });

  // The press of the button waits for a saving that is under way, or whose answer never came: it would be its own conflict.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    waiting = false;
    if (!sending && !form.dataset.tried) return;
    event.preventDefault();
    await (sending ?? save());
    if (!form.dataset.tried) form.requestSubmit(event.submitter);
  });
}
