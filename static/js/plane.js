// @ts-check
// The picture of moods: a press asks for the mood there, a line for a path. By keyboard the
// arrows move a point, Enter sets it and Shift with Enter begins a line.

import { isLine, moodWords, within } from "./moods.js";
import { byId, setAttribute, setText } from "./render/dom.js";
import { renderPlane } from "./render/plane.js";
import { gettext, interpolate } from "./words.js";

/** @typedef {import("./protocol.js").PlanePoint} PlanePoint */
/** @typedef {import("./render/plane.js").Pointed} Pointed */
/** @typedef {import("./state.js").State} State */

const STEP = 0.05;
/** @type {Record<string, [number, number]>} */
const STEPS = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowDown: [0, -STEP],
  ArrowUp: [0, STEP],
};

/**
 * @param {object} options
 * @param {() => State} options.state
 * @param {(start: PlanePoint, end: PlanePoint | null) => boolean} options.set
 */
export function bindPlane({ state, set }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("plane"));
  const field = byId("plane-field");
  const second = byId("plane-second");
  const setter = /** @type {HTMLButtonElement} */ (byId("plane-set"));
  /** @type {Pointed | null} */
  let pointed = null;

  function draw() {
    if (!dialog.open) return;
    renderPlane(state(), pointed);
    setAttribute(second, "aria-pressed", String(Boolean(pointed?.end)));
    setter.disabled = !pointed;
  }

  /** @param {Pointed | null} next */
  function point(next) {
    pointed = next;
    draw();
  }

  /** @param {Pointed} next */
  function pointAndTell(next) {
    point(next);
    setText(byId("plane-words"), moodWords(next.start, next.end));
  }

  // A press has set its mood already; pressing "Set" after it must not set another one.
  function send() {
    if (!pointed) return;
    const { start, end } = pointed;
    const goal = end && isLine(start, end) ? end : null;
    const isOut = set(start, goal);
    const words = moodWords(start, goal);
    setText(
      byId("plane-words"),
      isOut ? interpolate(gettext("Asked for: %(mood)s."), { mood: words }) : gettext("That couldn't be sent just now; try again in a moment."),
    );
    if (!isOut) return;
    // Where the button had the focus: it can't keep it without a place.
    if (document.activeElement === setter) field.focus();
    point(null);
  }

  // The keyboard begins where the mood is now, or in the middle.
  function centre() {
    const { valence, energy } = state().mood;
    const middle = (/** @type {import("./protocol.js").Range | null} */ range) =>
      range ? within(((range.low ?? 0) + (range.high ?? 1)) / 2) : 0.5;
    return { valence: middle(valence), energy: middle(energy) };
  }

  function beginLine() {
    const { start } = pointed ?? { start: centre() };
    pointAndTell({ start, end: start });
  }

  /** @param {PointerEvent} event */
  function placeOf(event) {
    const box = byId("plane-picture").getBoundingClientRect();
    return {
      valence: within((event.clientX - box.left) / box.width),
      energy: within(1 - (event.clientY - box.top) / box.height),
    };
  }

  // --- by hand ---------------------------------------------------------------------

  field.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    field.setPointerCapture(event.pointerId);
    point({ start: placeOf(event), end: null });
  });
  field.addEventListener("pointermove", (event) => {
    if (!pointed || !field.hasPointerCapture(event.pointerId)) return;
    const end = placeOf(event);
    pointAndTell({ ...pointed, end: isLine(pointed.start, end) ? end : null });
  });
  field.addEventListener("pointerup", (event) => {
    if (field.hasPointerCapture(event.pointerId)) send();
  });
  field.addEventListener("pointercancel", () => point(null));

  // --- by keyboard -----------------------------------------------------------------

  field.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (step && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      move(step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (event.shiftKey) beginLine();
      else send();
    }
  });

  /** @param {[number, number]} step */
  function move([across, up]) {
    const now = pointed ?? { start: centre(), end: null };
    const from = now.end ?? now.start;
    const to = { valence: within(from.valence + across), energy: within(from.energy + up) };
    pointAndTell(now.end ? { ...now, end: to } : { start: to, end: null });
  }

  second.addEventListener("click", () => {
    if (pointed?.end) pointAndTell({ start: pointed.start, end: null });
    else beginLine();
    field.focus();
  });
  setter.addEventListener("click", send);
  byId("plane-close").addEventListener("click", () => dialog.close());
  byId("plane-open").addEventListener("click", () => {
    setText(byId("plane-words"), "");
    pointed = null;
    dialog.showModal();
    field.focus();
    draw();
  });
  // A press beside the picture closes it, as it does other sheets.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });

  return { draw };
}
