// @ts-check
// A new message goes to the top of the view and its reply grows below it: what is read
// first stays in sight, and nothing moves under the reader's eyes. While another message
// waits, the reply that is being written is followed, with what waits below it.

/** @typedef {import("./protocol.js").Turn} Turn */

// How much of the newest turn must be in view for "Latest" to be of no use.
const IN_VIEW_PX = 72;
const SPACE_PX = 12;

/**
 * @param {HTMLElement} view
 * @param {HTMLElement} turns
 * @param {HTMLElement} latest
 */
export function makeScroll(view, turns, latest) {
  let isWanted = false;
  let isFirst = true;
  let isFollowing = false;
  let count = 0;

  const newest = () => /** @type {HTMLElement | null} */ (turns.lastElementChild);

  /** The reply that is being written, where another message stands behind it. */
  const written = () =>
    /** @type {HTMLElement | null} */ (
      turns.querySelector(":scope > [data-status=running]:not(:last-child)")
    );

  /** @param {number} y a place in the window, which becomes one in what is scrolled */
  const placed = (y) => y - view.getBoundingClientRect().top + view.scrollTop;

  function watch() {
    const turn = newest();
    const edge = view.getBoundingClientRect().bottom - IN_VIEW_PX;
    latest.hidden = !turn || turn.getBoundingClientRect().top < edge;
  }

  function go() {
    const turn = newest();
    if (!turn) return;
    isFollowing = written() !== null;
    if (isFollowing) {
      follow();
      return;
    }
    const calm = isFirst || matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = placed(turn.getBoundingClientRect().top) - SPACE_PX;
    view.scrollTo({ top: Math.max(0, top), behavior: calm ? "instant" : "smooth" });
    isFirst = false;
  }

  /** Show the end of the reply and what waits, and of that no more than half a view. */
  function follow() {
    const reply = written();
    if (!reply) {
      // What waited is being answered.
      go();
      return;
    }
    const { top, bottom } = reply.getBoundingClientRect();
    const ends = [...(newest()?.children ?? [])].map((c) => c.getBoundingClientRect().bottom);
    const whole = placed(Math.max(...ends)) + SPACE_PX - view.clientHeight;
    const most = placed(bottom) - view.clientHeight / 2;
    const least = placed(top) - SPACE_PX;
    view.scrollTo({ top: Math.max(least, Math.min(whole, most)), behavior: "instant" });
  }

  const leave = () => {
    isFollowing = false;
  };
  // Whoever reads elsewhere isn't brought back.
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    view.addEventListener(name, leave, { passive: true });
  }
  view.addEventListener("scroll", watch, { passive: true });
  new ResizeObserver(() => {
    if (isFollowing) follow();
    watch();
  }).observe(view);

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
      if (isFollowing) follow();
      else if (drawn.length > count && wasAtEnd && count > 0) go();
      count = drawn.length;
      watch();
    },
  };
}
