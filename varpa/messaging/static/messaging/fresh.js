// New messages appear by themselves: asked for every 20 seconds while the page is looked at.

const EVERY = 20000;
const list = document.querySelector("[data-fresh]");
if (list) setInterval(ask, EVERY);

async function ask() {
  if (document.hidden) return;
  const last = [...list.querySelectorAll("[data-message]")].pop()?.dataset.message ?? list.dataset.last;
  try {
    const answer = await fetch(`${list.dataset.fresh}?after=${last}`, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) return;
    const came = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const message of came.querySelectorAll("[data-message]")) {
      if (!document.getElementById(message.id)) list.append(document.importNode(message, true));
    }
  } catch {
    // A dead line: asked again in 20 seconds.
  }
}
