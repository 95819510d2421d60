// @ts-check
// What the colours mean, in words, with a switch for each of them.

import { fromTemplate, setAttribute, setText, slot } from "../render/dom.js";

/** @typedef {import("./points.js").Category} Category */
/** @typedef {import("./camera.js").Colour} Colour */

// Where a tint was chosen, others stay as a ground to find one's way by.
const FAINT = 0.16;

/**
 * @param {object} options
 * @param {HTMLElement} options.list
 * @param {HTMLElement} options.ruled the line on what is never to be heard
 * @param {() => void} options.onChange
 */
export function makeLegend({ list, ruled, onChange }) {
  /** @type {Set<number>} what was chosen; none: all are shown alike */
  const chosen = new Set();

  list.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (!button) return;
    const category = Number(button.dataset.category);
    if (!chosen.delete(category)) chosen.add(category);
    setAttribute(button, "aria-pressed", String(chosen.has(category)));
    onChange();
  });

  return {
    /**
     * @param {Category[]} categories
     * @param {string} kind "genre" or "mood", which have colours of their own
     */
    show(categories, kind) {
      chosen.clear();
      const last = categories.length - 1;
      const items = categories.map(({ name, count }, category) => {
        const item = fromTemplate("legend-template");
        const button = /** @type {HTMLElement} */ (item.querySelector("button"));
        button.dataset.category = String(category);
        setText(slot(item, "name"), name);
        setText(slot(item, "count"), count.toLocaleString());
        slot(item, "colour").dataset.colour = category === last ? "none" : `${kind}-${category}`;
        item.hidden = count === 0;
        return item;
      });
      list.replaceChildren(...items);
    },
    /** @param {number} count of songs that are crossed out */
    tellRuled(count) {
      ruled.hidden = count === 0;
      setText(slot(ruled, "count"), count.toLocaleString());
    },
    /** @param {number} category */
    isShown: (category) => chosen.size === 0 || chosen.has(category),
    /** The colours as the look has them now, by category. */
    palette: () =>
      [...list.querySelectorAll("[data-slot=colour]")].map((swatch, category) => {
        const [r, g, b] = inPixels(getComputedStyle(swatch).backgroundColor);
        const isShown = chosen.size === 0 || chosen.has(category);
        return /** @type {Colour} */ ([r, g, b, Math.round(255 * (isShown ? 0.9 : FAINT))]);
      }),
  };
}

/** @type {CanvasRenderingContext2D | null} */
let pixel = null;

/**
 * Any CSS colour as red, green and blue.
 * @param {string} colour
 */
function inPixels(colour) {
  if (!pixel) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    pixel = canvas.getContext("2d", { willReadFrequently: true });
  }
  if (!pixel) return [0, 0, 0];
  pixel.fillStyle = colour;
  pixel.fillRect(0, 0, 1, 1);
  return [...pixel.getImageData(0, 0, 1, 1).data];
}
