// A presentation over the whole screen: arrows turn the slide, and a clock says how long it has been going.
// Without this script the links turn it as well.

const stage = document.querySelector("[data-stage]");
if (stage) {
  const turn = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = turn[event.key] && stage.querySelector(`a[rel="${turn[event.key]}"]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });

  // A slide with many words is written smaller, as far as it can be read; what is left over rolls.
  const slide = stage.querySelector(".stage-slide");
  if (slide) {
    const fit = () => {
      for (let size = 100; size >= 60; size -= 5) {
        slide.style.setProperty("--fit", size / 100);
        if (slide.scrollHeight <= slide.clientHeight) break;
      }
    };
    fit();
    document.fonts.ready.then(fit);
    addEventListener("resize", fit);
  }

  // Each presentation has its own clock, which goes on from slide to slide in this tab; a hall has that of
  // the day instead.
  const clock = stage.querySelector("[data-clock]");
  if (clock) {
    const key = `presentation-${stage.dataset.stage}`;
    const begin = () => sessionStorage.setItem(key, String(Date.now()));
    if (!sessionStorage.getItem(key) || stage.dataset.number === "1") begin();
    const tell = () => {
      const gone = Math.floor((Date.now() - Number(sessionStorage.getItem(key))) / 1000);
      clock.textContent = `${Math.floor(gone / 60)}:${String(gone % 60).padStart(2, "0")}`;
    };
    clock.parentElement.hidden = false;
    clock.parentElement.querySelector("button").addEventListener("click", () => { begin(); tell(); });
    tell();
    setInterval(tell, 1000);
  }
}
