// A press while the line is dead loses nothing: the page stays as it is, and says what is kept where (the template #no-line).
// What carries a file or a recording, which no draft holds, first asks whether the line holds.
// A form with data-resend goes by itself once it does, unless it is written on meanwhile. One with data-stays carries a
// recording: its page stays open until the server has it, and sends it again as it was; its reference makes that one message.

const PATIENCE = 8000; // milliseconds
const AGAIN = 10000;

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  const files = [...form.elements].some((each) => each.type === "file" && each.files.length);
  if (event.defaultPrevented || form.method !== "post" || "holds" in form.dataset || (navigator.onLine && !files)) return;
  event.preventDefault();
  if ("going" in form.dataset) return;
  form.dataset.going = "";
  const line = navigator.onLine && (await holds());
  delete form.dataset.going;
  if (line) await go(form, submitter, files);
  else tell(form, submitter, files);
});

function holds() {
  const patience = { cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE) };
  return fetch("/health/", patience).then((answer) => answer.ok, () => false);
}

async function go(form, submitter, files) {
  if (files && "stays" in form.dataset) return stay(form, submitter, files);
  form.dataset.holds = "";
  form.requestSubmit(submitter);
  delete form.dataset.holds;
}

async function stay(form, submitter, files) {
  if ("going" in form.dataset) return;
  form.dataset.going = "";
  submitter?.setAttribute("aria-busy", "true");
  const options = { method: "POST", body: new FormData(form), headers: { "X-Stays": "1" }, redirect: "manual" };
  const answer = await fetch(form.action, options).catch(() => null);
  const said = await answer?.json().catch(() => ({}));
  delete form.dataset.going;
  submitter?.removeAttribute("aria-busy");
  if (!answer || answer.status >= 500) return tell(form, submitter, files);
  removeEventListener("beforeunload", hold);
  // What the server says of the words stands on its own page.
  if (!said?.there) return form.submit();
  form.dispatchEvent(new Event("varpa:saved"));
  location.href = said.there;
}

function hold(event) {
  event.preventDefault();
}

function tell(form, submitter, files) {
  const kept = "keep" in form.dataset || "autosave" in form.dataset;
  const stays = Boolean(files && "stays" in form.dataset);
  const resend = "resend" in form.dataset || stays;
  const states = { files, kept, resend, again: !resend };
  form.dispatchEvent(new Event("varpa:unsent"));
  document.querySelector("[data-no-line]")?.remove();
  const notice = document.getElementById("no-line")?.content.firstElementChild.cloneNode(true);
  if (!notice) return;
  for (const line of notice.querySelectorAll("[data-said]")) line.hidden = !states[line.dataset.said];
  (submitter?.closest(".row, .saved .wrap") ?? form).before(notice);
  notice.scrollIntoView({ block: "nearest" });
  if (stays) addEventListener("beforeunload", hold);
  const over = new AbortController();
  const again = async () => {
    if (over.signal.aborted || !(await holds()) || over.signal.aborted) return;
    over.abort();
    notice.remove();
    if (resend) await go(form, submitter, files);
  };
  addEventListener("online", again, { signal: over.signal });
  form.addEventListener("input", () => over.abort(), { signal: over.signal });
  form.addEventListener("submit", () => over.abort(), { signal: over.signal });
  // A line that dies under way is not always noticed by the browser.
  const asks = stays && setInterval(again, AGAIN);
  over.signal.addEventListener("abort", () => clearInterval(asks));
}
