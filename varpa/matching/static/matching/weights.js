// Each weight gets a slider beside its number; either moves the other. Without this script the number stays.

for (const number of document.querySelectorAll(".weights input")) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = number.min;
  slider.max = number.max;
  slider.step = 5;
  slider.value = number.value;
  slider.setAttribute("aria-label", document.querySelector(`label[for="${number.id}"]`).textContent.trim());
  slider.addEventListener("input", () => (number.value = slider.value));
  number.addEventListener("input", () => (slider.value = number.value));
  number.before(slider);
  number.parentElement.classList.add("slid");
}
