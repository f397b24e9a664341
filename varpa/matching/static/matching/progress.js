// While a run is at work its part of the page is read anew every two seconds; when it is done, the whole page is.
// Without this script the link "Look again" does the same.

const PAUSE = 2000;

async function look() {
  const here = document.querySelector("[data-work]");
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const there = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-work]");
    if (!there) return location.reload();
    const [old, now] = [here, there].map((part) => part.querySelector("progress"));
    old.value = now.value;
    here.querySelector("[data-percent]").textContent = there.querySelector("[data-percent]").textContent;
  } catch {
    // No network at this moment: looked for again.
  }
  setTimeout(look, PAUSE);
}

if (document.querySelector("[data-work]")) setTimeout(look, PAUSE);
