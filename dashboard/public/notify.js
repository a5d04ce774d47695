// Shows notifications where a page may not do so itself (Chrome on Android). It answers no request and keeps nothing: without a fetch
// handler every page and file goes to the service as if this were not here.
addEventListener('install', () => skipWaiting());

addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(clients.matchAll({ type: 'window', includeUncontrolled: true }).then(([page]) => page?.focus()));
});
