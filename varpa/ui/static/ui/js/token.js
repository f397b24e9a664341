// A page that stayed open over a new sign-in carries the token of the old one: its forms take the newest from the cookie.

document.addEventListener("submit", ({ target }) => {
  const field = target.elements.namedItem("csrfmiddlewaretoken");
  const cookie = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));
  if (field && cookie) field.value = cookie.slice("csrftoken=".length);
});
