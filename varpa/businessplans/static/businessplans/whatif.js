// The figure beside a slider moves with it, and what follows is asked for when it is let go.

const form = document.getElementById("what-if");
for (const slider of form?.querySelectorAll('input[type="range"]') ?? []) {
  const shown = form.querySelector(`output[for="${slider.id}"]`);
  slider.addEventListener("input", () => { shown.textContent = slider.value; });
  slider.addEventListener("change", () => form.requestSubmit());
}
