// @ts-check
// A new message goes to the top of the view and its reply grows below it: what is read
// first stays in sight, and nothing moves under the reader's eyes. While another message
// waits, the reply that is being written is followed, with what waits below it.

/** @typedef {import("./protocol.js").Turn} Turn */

// How much of the newest turn must be in view for "Latest" to be of no use.
const IN_VIEW_PX = 72;
const SPACE_PX = 12;

/**
 * @param {object} options
 * @param {HTMLElement} options.view
 * @param {HTMLElement} options.turns
 * @param {HTMLElement} options.latest
 * @param {HTMLElement} options.earlier stands above the turns while there are earlier ones
 * @param {() => void} options.onEarlier draw one more of them
 */
export function makeScroll({ view, turns, latest, earlier, onEarlier }) {
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

  // Told by the browser, so that no drawing waits for where things lie.
  const sight = new IntersectionObserver(
    (seen) => {
      latest.hidden = seen.at(-1)?.isIntersecting ?? true;
    },
    { root: view, rootMargin: `0px 0px -${IN_VIEW_PX}px` },
  );
  /** @type {HTMLElement | null} */
  let watched = null;

  function watch() {
    if (watched === newest()) return;
    sight.disconnect();
    watched = newest();
    if (watched) sight.observe(watched);
    else latest.hidden = true;
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

  // Whoever scrolls back finds them there already.
  const ahead = new IntersectionObserver(
    (seen) => {
      if (!seen.at(-1)?.isIntersecting) return;
      showEarlier();
      ahead.unobserve(earlier);
      ahead.observe(earlier);
    },
    { root: view, rootMargin: "100% 0px 0px" },
  );

  /** What is seen stays where it is while something comes above it. */
  function showEarlier() {
    const below = view.scrollHeight - view.scrollTop;
    onEarlier();
    view.scrollTop = view.scrollHeight - below;
  }

  const leave = () => {
    isFollowing = false;
    ahead.observe(earlier);
  };
  // Whoever reads elsewhere isn't brought back.
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    view.addEventListener(name, leave, { passive: true });
  }
  new ResizeObserver(() => {
    if (isFollowing) follow();
  }).observe(view);

  return {
    showEarlier,
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
