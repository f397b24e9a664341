// Keeps one page of the site for when there is no connection; everything else always comes from the server.
{% load static %}
const KEPT = "varpa-without";
const PAGE = "/offline/";
const FILES = [{% for file in files %}"{% static file %}"{% if not forloop.last %}, {% endif %}{% endfor %}];

addEventListener("install", (event) => event.waitUntil(keep("{{ language }}").then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(keep(event.data)));
// What is shown on a locked screen says that there is something, never what was written.
addEventListener("push", (event) => {
  const told = event.data?.json() ?? {};
  const shown = { body: told.body, lang: told.lang, tag: told.tag, icon: "{% static "ui/mark.svg" %}", data: { link: told.link } };
  event.waitUntil(registration.showNotification(told.title ?? "{{ product }}", shown));
});
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(opened(event.notification.data?.link));
});
addEventListener("fetch", (event) => {
  const { method, mode, url, referrer } = event.request;
  const file = method === "GET" && FILES.includes(new URL(url).pathname);
  const page = mode === "navigate" && (method === "GET" || referrer.startsWith(`${location.origin}/`));
  if (page || file) event.respondWith(fetch(event.request).catch(() => instead(event.request, file)));
});

// A form that was sent in vain leads back to the page on which it stands: what was written is kept for that one (keep.js).
function instead(request, file) {
  if (request.method === "GET") return caches.match(file ? request : PAGE);
  return Response.redirect(`${request.referrer.split("#")[0]}#unsent`, 303);
}

async function opened(link) {
  const asked = new URL(link ?? "/", location.origin);
  const address = asked.origin === location.origin ? asked.href : location.origin;
  const there = (await clients.matchAll({ type: "window" })).find((one) => one.url === address);
  return there ? there.focus() : clients.openWindow(address);
}

async function keep(language) {
  const kept = await caches.open(KEPT);
  await kept.addAll(FILES);
  // As nobody: the page is the same for all who use this device.
  const page = await fetch(`${PAGE}?language=${encodeURIComponent(language)}`, { credentials: "omit" });
  if (page.ok) await kept.put(PAGE, page);
}
