// @ts-check
// While a map is being drawn, says how far it is, and shows it once it is there.

import { byId } from "../render/dom.js";

const EVERY_MS = 3000;

/** @param {string} url */
export function watchDrawing(url) {
  const box = byId("map-drawing");
  const bar = /** @type {HTMLProgressElement} */ (byId("map-drawing-bar"));
  const shown = box.dataset.map ?? "";

  async function look() {
    if (!document.hidden) {
      try {
        const answer = await fetch(url);
        const { map, share } = await answer.json();
        box.hidden = share === null;
        bar.value = share ?? 0;
        // Whoever looks at a map isn't interrupted by a newer one.
        if (map !== null && shown === "") return location.reload();
      } catch {
        // The next look tells.
      }
    }
    if (shown === "" || !box.hidden) setTimeout(() => void look(), EVERY_MS);
  }

  if (shown === "" || !box.hidden) void look();
}
