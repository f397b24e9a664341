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
  const file = FILES.includes(new URL(event.request.url).pathname);
  if (event.request.method !== "GET" || (event.request.mode !== "navigate" && !file)) return;
  event.respondWith(fetch(event.request).catch(() => caches.match(file ? event.request : PAGE)));
});

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
