// @ts-check
// Why a song isn't for the listener: asked beside it, once it was said, and never twice.

/** @typedef {import("./protocol.js").Reason} Reason */

/**
 * Ask why a song is disliked, or ask no more.
 * @param {HTMLElement} target the button that said so
 * @param {boolean} isDisliked
 */
export function offerReasons(target, isDisliked) {
  const reasons = reasonsBeside(target);
  if (!reasons) return;
  for (const other of document.querySelectorAll("[data-slot=reasons]")) {
    if (other instanceof HTMLElement) other.hidden = other !== reasons || !isDisliked;
  }
}

/** @param {HTMLElement} target a button among the reasons, or beside them */
export function putReasonsAway(target) {
  const reasons = reasonsBeside(target);
  if (!reasons || reasons.hidden) return;
  const song = reasons.closest("[data-track]");
  reasons.hidden = true;
  // The keyboard goes on where it was.
  const before = song?.querySelector("[data-act=dislike]");
  if (before instanceof HTMLElement) before.focus();
}

/** @param {HTMLElement} target */
export function reasonOf(target) {
  return /** @type {Reason} */ (target.dataset.reason);
}

/** @param {HTMLElement} target */
function reasonsBeside(target) {
  const found = target.closest("[data-track]")?.querySelector("[data-slot=reasons]");
  return found instanceof HTMLElement ? found : null;
}
