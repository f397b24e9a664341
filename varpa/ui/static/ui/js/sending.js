// A press while the line is dead loses nothing: the page stays as it is, and says what is kept where (the template #no-line).
// What carries a file or a recording, which no draft holds, first asks whether the line holds.
// A form with data-resend goes by itself once it does, unless it is written on meanwhile.

const PATIENCE = 8000; // milliseconds

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  const files = [...form.elements].some((each) => each.type === "file" && each.files.length);
  if (event.defaultPrevented || form.method !== "post" || "holds" in form.dataset || (navigator.onLine && !files)) return;
  event.preventDefault();
  if (navigator.onLine && (await holds())) go(form, submitter);
  else tell(form, submitter, files);
});

function holds() {
  const patience = { cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE) };
  return fetch("/health/", patience).then((answer) => answer.ok, () => false);
}

function go(form, submitter) {
  form.dataset.holds = "";
  form.requestSubmit(submitter);
  delete form.dataset.holds;
}

function tell(form, submitter, files) {
  const kept = "keep" in form.dataset || "autosave" in form.dataset;
  const states = { files, kept, resend: "resend" in form.dataset, again: !("resend" in form.dataset) };
  form.dispatchEvent(new Event("varpa:unsent"));
  document.querySelector("[data-no-line]")?.remove();
  const notice = document.getElementById("no-line")?.content.firstElementChild.cloneNode(true);
  if (!notice) return;
  for (const line of notice.querySelectorAll("[data-said]")) line.hidden = !states[line.dataset.said];
  (submitter?.closest(".row, .saved .wrap") ?? form).before(notice);
  notice.scrollIntoView({ block: "nearest" });
  const over = new AbortController();
  addEventListener("online", async () => {
    if (!(await holds())) return;
    over.abort();
    notice.remove();
    if (states.resend) go(form, submitter);
  }, { signal: over.signal });
  form.addEventListener("input", () => over.abort(), { signal: over.signal });
}
