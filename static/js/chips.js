// @ts-check
// The chips above the message box: a press makes one a must or a wish, or lets go of it.

import { byId } from "./render/dom.js";
import { renderChips } from "./render/chips.js";

/** @typedef {import("./protocol.js").Strength} Strength */
/** @typedef {import("./state.js").State} State */

/**
 * @param {object} options
 * @param {() => State} options.state
 * @param {(constraint: string, value: Strength) => boolean} options.set
 */
export function bindChips({ state, set }) {
  const list = byId("chips-list");
  // Where the focus was when its chip was let go of.
  let left = -1;

  list.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-chip-act]");
    const chip = button?.closest("li")?.dataset.key;
    const held = state().constraints.find((one) => one.id === chip);
    if (!held || button?.getAttribute("aria-disabled") === "true") return;
    if (button?.getAttribute("data-chip-act") === "off") {
      if (set(held.id, "off")) left = state().constraints.indexOf(held);
    } else {
      set(held.id, held.strength === "hard" ? "soft" : "hard");
    }
  });

  /** The focus goes on to the next chip, or to the message box after the last. */
  function keepFocus() {
    if (left < 0 || document.activeElement !== document.body) return;
    const offs = list.querySelectorAll("[data-chip-act=off]");
    const next = offs[Math.min(left, offs.length - 1)] ?? byId("composer-text");
    /** @type {HTMLElement} */ (next).focus({ preventScroll: true });
    left = -1;
  }

  return {
    draw() {
      renderChips(state());
      keepFocus();
    },
  };
}
