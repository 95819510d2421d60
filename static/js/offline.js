// @ts-check
// Has the browser keep a page that says so when there is no connection.

export function keepOfflinePage() {
  if (!("serviceWorker" in navigator)) return;
  const { lang } = document.documentElement;
  navigator.serviceWorker.register(`/offline-worker.js?language=${lang}`).catch((error) => {
    // The browser's own page is shown then.
    console.warn(error);
  });
}
