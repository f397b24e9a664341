// A question that is asked only after an answer (data-only="name=value") hides until that answer is given.
// Without a script it stands there with the words that say when it is meant.

const form = document.querySelector("#answers");
const dependent = form ? [...form.querySelectorAll("[data-only]")] : [];

function follow() {
  for (const part of dependent) {
    const [name, value] = part.dataset.only.split("=");
    part.hidden = new FormData(form).get(name) !== value;
  }
}

if (dependent.length) {
  form.addEventListener("change", follow);
  follow();
}
