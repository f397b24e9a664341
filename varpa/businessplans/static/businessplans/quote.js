// Words that are marked in a text (data-words, inside data-quotes="the id of a form") go into the form's field
// `quote`. Without this script they are typed or pasted there.

const LONGEST = 1000;

for (const text of document.querySelectorAll("[data-quotes]")) {
  const field = document.getElementById(text.dataset.quotes)?.elements.namedItem("quote");
  const words = text.querySelector("[data-words]");
  if (field && words) document.addEventListener("selectionchange", () => take(field, words));
}

function take(field, words) {
  const chosen = document.getSelection();
  if (!chosen || chosen.isCollapsed || !words.contains(chosen.anchorNode) || !words.contains(chosen.focusNode)) return;
  // The numbers of other remarks stand between the words and are none of them.
  const copy = chosen.getRangeAt(0).cloneContents();
  for (const number of copy.querySelectorAll(".anchor")) number.remove();
  const said = copy.textContent.replace(/\s+/g, " ").trim();
  if (said && said.length <= LONGEST) field.value = said;
}
