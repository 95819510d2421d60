// @ts-check
// Keeps the page of a shared list as the list is: it asks whether there is another one,
// and the server answers with a page or with "not modified".

import { gettext, interpolate } from "./words.js";

const ASK_EVERY_MS = 4000;
// A server that doesn't answer is asked ever less often.
const SLOWEST_MS = 60_000;

let every_ms = ASK_EVERY_MS;
let tag = document.getElementById("shared")?.dataset.tag ?? "";

async function watch() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, every_ms));
    if (document.hidden) continue;
    if (!(await look())) return;
  }
}

/** Shows the list as it is now. Returns false once the link leads nowhere. */
async function look() {
  try {
    const answer = await fetch(location.href, {
      headers: { Accept: "text/html", "If-None-Match": tag },
      cache: "no-store",
    });
    every_ms = answer.ok || answer.status === 304 ? ASK_EVERY_MS : slower();
    if (answer.status === 404) {
      say(gettext("This link leads nowhere any more. What you see is how the list was last."));
      return false;
    }
    if (!answer.ok) return true;
    show(await answer.text());
    tag = document.getElementById("shared")?.dataset.tag ?? "";
  } catch {
    every_ms = slower(); // Offline: the next look may go better.
  }
  return true;
}

function slower() {
  return Math.min(SLOWEST_MS, 2 * every_ms);
}

/** @param {string} text */
function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById("shared");
  const shown = document.getElementById("shared");
  if (!fresh || !shown) return;
  const before = songsOf(shown);
  const now = songsOf(fresh);
  const focused = document.activeElement?.closest("[data-song]")?.getAttribute("data-song");
  document.title = page.title;
  shown.replaceWith(document.adoptNode(fresh));
  const came = [...now].filter(([song]) => !before.has(song));
  for (const [, row] of came) row.classList.add("is-new");
  if (focused) /** @type {HTMLElement | null} */ (now.get(focused)?.querySelector("a"))?.focus();
  const gone = [...before.keys()].filter((song) => !now.has(song)).length;
  const words = gettext("The list has just changed: %(added)s added, %(removed)s removed.");
  say(interpolate(words, { added: came.length, removed: gone }));
}

/**
 * @param {Element} list
 * @returns {Map<string, HTMLElement>}
 */
function songsOf(list) {
  const rows = /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-song]"));
  return new Map([...rows].map((row) => [row.dataset.song ?? "", row]));
}

/** @param {string} words */
function say(words) {
  const place = document.getElementById("shared-news");
  if (!place) return;
  place.hidden = false;
  place.textContent = words;
}

watch();
