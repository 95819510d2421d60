// @ts-check
// How much of the demo library is ready, until all of it is.

import { byId, setText } from "./render/dom.js";
import { gettext, interpolate } from "./words.js";

const ASK_EVERY_MS = 1500;
const TELL_READY_MS = 4000;

/** @param {string} url */
export async function watchMaking(url) {
  const box = byId("making");
  const bar = /** @type {HTMLProgressElement} */ (byId("making-bar"));
  for (;;) {
    const progress = await ask(url);
    if (!progress || progress.total === 0 || progress.ready >= progress.total) break;
    box.hidden = false;
    bar.value = progress.ready / progress.total;
    const words = gettext("Making the demo library: %(ready)s of %(total)s songs ready");
    setText(byId("making-words"), interpolate(words, progress));
    await pause(ASK_EVERY_MS);
  }
  if (box.hidden) return;
  bar.value = 1;
  setText(byId("making-words"), gettext("The demo library is ready."));
  await pause(TELL_READY_MS);
  box.hidden = true;
}

/**
 * @param {string} url
 * @returns {Promise<{ready: number, total: number} | null>} null when it can't be asked
 */
async function ask(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    return answer.ok && !answer.redirected ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
