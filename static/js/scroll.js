// @ts-check
// A new message goes to the top of the view and its reply grows below it: what is read
// first stays in sight, and nothing moves under the reader's eyes.

/** @typedef {import("./protocol.js").Turn} Turn */

// How much of the newest turn must be in view for "Latest" to be of no use.
const IN_VIEW_PX = 72;

/**
 * @param {HTMLElement} view
 * @param {HTMLElement} turns
 * @param {HTMLElement} latest
 */
export function makeScroll(view, turns, latest) {
  let isWanted = false;
  let isFirst = true;
  let count = 0;

  const newest = () => /** @type {HTMLElement | null} */ (turns.lastElementChild);

  function watch() {
    const turn = newest();
    const edge = view.getBoundingClientRect().bottom - IN_VIEW_PX;
    latest.hidden = !turn || turn.getBoundingClientRect().top < edge;
  }

  function go() {
    const turn = newest();
    if (!turn) return;
    const calm = isFirst || matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = turn.getBoundingClientRect().top - view.getBoundingClientRect().top + view.scrollTop;
    view.scrollTo({ top: Math.max(0, top - 12), behavior: calm ? "instant" : "smooth" });
    isFirst = false;
  }

  view.addEventListener("scroll", watch, { passive: true });
  new ResizeObserver(watch).observe(view);

  return {
    toNewest() {
      isWanted = true;
      // Where nothing is left to draw, now; else after the next picture.
      requestAnimationFrame(() => {
        if (isWanted) go();
        isWanted = false;
      });
    },
    /** @param {Turn[]} drawn */
    drawn(drawn) {
      // Another tab's message: follow it only where the reader is at the end already.
      const wasAtEnd = latest.hidden;
      if (drawn.length > count && wasAtEnd && count > 0) go();
      count = drawn.length;
      watch();
    },
  };
}
