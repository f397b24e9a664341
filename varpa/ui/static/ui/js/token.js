// A page that stayed open over a new sign-in carries the token of the old one: its forms take the newest from the cookie.

document.addEventListener("submit", ({ target }) => {
  const field = target.elements.namedItem("csrfmiddlewaretoken");
  const token = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1];
  if (field && token) field.value = token;
});
