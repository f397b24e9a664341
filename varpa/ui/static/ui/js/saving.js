// A form with data-autosave saves itself a moment after the last key.
// It posts its fields to its own address with the header X-Autosave: 1 and is answered in JSON:
// {revision, saved_at} (saved_at in the reader's words), {conflict: true}, or {refused: true}.
// What happens stands in the bar of ui/saved.html. keep.js holds the text until "varpa:saved" is heard.

const PAUSE = 1500;
const AGAIN = 20000;

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
    if (sending) return;
    clearTimeout(timer);
    waiting = false;
    show("saving");
    sending = send();
    const { state, clock } = await sending;
    sending = null;
    if (state === "saved" && waiting) return later(PAUSE);
    show(state, clock);
    if (state === "saved") form.dispatchEvent(new CustomEvent("varpa:saved"));
    if (state === "offline") later(AGAIN);
  }

  async function send() {
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
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
      return { state: "saved", clock: said.saved_at };
    } catch (error) {
      return { state: error instanceof SyntaxError ? "refused" : "offline" };
    }
  }

  form.addEventListener("input", () => {
    waiting = true;
    later(PAUSE);
  });
  window.addEventListener("online", () => waiting || bar?.querySelector('[data-when="offline"]:not([hidden])') ? save() : null);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && waiting) save();
  });

  // The press of the button waits for a saving that is under way: it would be its own conflict.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    waiting = false;
    if (!sending) return;
    event.preventDefault();
    await sending;
    form.requestSubmit(event.submitter);
  });
}
