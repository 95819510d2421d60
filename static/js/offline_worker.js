// @ts-check
// The service worker: where a page can't be had, it shows the one that says so. All else
// goes its usual way, so nothing is ever stale.

const CACHE = "offline";
const language = new URL(location.href).searchParams.get("language");
const PAGE = `/offline/${language}/`;

/** @typedef {Event & {waitUntil: (done: Promise<unknown>) => void}} Lasting */
/** @typedef {Event & {request: Request, respondWith: (answer: Promise<Response>) => void}} Asked */

/** Keep the page, as a stranger sees it, with the files that it is drawn with. */
async function keep() {
  const answer = await fetch(PAGE, { credentials: "omit" });
  const html = await answer.clone().text();
  const files = [...html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  await caches.delete(CACHE);
  const cache = await caches.open(CACHE);
  await Promise.all([cache.put(PAGE, answer), cache.addAll([...new Set(files)])]);
}

/** @param {Request} request */
async function answered(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request.mode === "navigate" ? PAGE : request);
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("install", (event) => {
  /** @type {Lasting} */ (event).waitUntil(keep());
});

self.addEventListener("fetch", (event) => {
  const { request, respondWith } = /** @type {Asked} */ (event);
  if (request.mode !== "navigate" && navigator.onLine) return;
  if (request.method === "GET") respondWith.call(event, answered(request));
});
