// Words that are marked in a text (data-words, inside data-quotes="the id of a form") go into the form's field
// `quote`, and what stands in front of them into `ahead`: it tells one of two equal places. Without this script
// the words are typed or pasted there.

const LONGEST = 1000;
const AHEAD = 80;

for (const text of document.querySelectorAll("[data-quotes]")) {
  const fields = document.getElementById(text.dataset.quotes)?.elements;
  const words = text.querySelector("[data-words]");
  if (fields && words) document.addEventListener("selectionchange", () => take(fields, words));
}

function take(fields, words) {
  const chosen = document.getSelection();
  if (!chosen || chosen.isCollapsed || !words.contains(chosen.anchorNode) || !words.contains(chosen.focusNode)) return;
  const range = chosen.getRangeAt(0);
  const said = read(range).trim();
  if (!said || said.length > LONGEST) return;
  const front = document.createRange();
  front.setStart(words, 0);
  front.setEnd(range.startContainer, range.startOffset);
  fields.namedItem("quote").value = said;
  fields.namedItem("ahead").value = read(front).slice(-AHEAD);
}

// The numbers of other remarks stand between the words and are none of them.
function read(range) {
  const copy = range.cloneContents();
  for (const number of copy.querySelectorAll(".anchor")) number.remove();
  return copy.textContent.replace(/\s+/g, " ");
}
