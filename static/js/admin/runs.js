// @ts-check
/** Keeps the progress of running imports new. A run that ends has its page loaded again. */

const EVERY_MS = 2000;

/** @returns {NodeListOf<HTMLElement>} */
const running = () => document.querySelectorAll("[data-run][data-status=running]");

/**
 * @param {HTMLElement} place
 * @param {{settled: number, total: number | null, figures: string, pace: string}} news
 */
function show(place, news) {
  const bar = place.querySelector("progress");
  if (bar && news.total !== null) {
    bar.max = Math.max(news.total, 1);
    bar.value = news.settled;
  }
  const figures = place.querySelector("[data-slot=figures]");
  if (figures) figures.textContent = news.figures;
  const pace = place.querySelector("[data-slot=pace]");
  if (pace) pace.textContent = news.pace;
}

async function look() {
  const places = [...running()];
  if (places.length === 0) return;
  if (document.visibilityState === "visible") {
    const asked = new URLSearchParams(places.map((p) => ["run", p.dataset.run ?? ""]));
    const answer = await fetch(`${places[0].dataset.url}?${asked}`).catch(() => null);
    // A site that restarts is asked again; someone signed out gets a page, not news.
    if (answer?.ok && answer.headers.get("Content-Type")?.startsWith("application/json")) {
      const news = await answer.json();
      for (const place of places) {
        const own = news[place.dataset.run ?? ""];
        if (own?.status === "running") show(place, own);
        else if (own && !document.querySelector(".action-select:checked")) {
          location.reload();
          return;
        }
      }
    }
  }
  setTimeout(look, EVERY_MS);
}

setTimeout(look, EVERY_MS);
