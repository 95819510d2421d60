// @ts-check
// What the agent takes as given, as the page holds it: chips, the mood in its plane, and
// which chips somebody has just set. Pure.

import { labelOf } from "./labels.js";
import { without } from "./state.js";
import { gettext, interpolate } from "./words.js";

/** @typedef {import("./protocol.js").Constraint} Constraint */
/** @typedef {import("./protocol.js").Mood} Mood */
/** @typedef {import("./protocol.js").ServerFrame} ServerFrame */
/** @typedef {import("./state.js").State} State */

export const STRENGTHS = { hard: gettext("must"), soft: gettext("rather") };

/**
 * All that is given, told anew; in words only what has changed.
 * @param {State} state
 * @param {Extract<ServerFrame, {type: "constraints"}>} frame
 * @returns {State}
 */
export function regiven(state, { constraints, mood }) {
  return { ...state, constraints, mood, given: changeSaid(state.constraints, constraints) };
}

/**
 * "Asked for now: must 90s, rather calm. No longer: jazz."
 * @param {Constraint[]} before
 * @param {Constraint[]} after
 */
export function changeSaid(before, after) {
  const words = (/** @type {Constraint} */ one) => `${STRENGTHS[one.strength]} ${labelOf(one)}`;
  const held = new Set(before.map(words));
  const labels = new Set(after.map((one) => one.label));
  const came = after.map(words).filter((said) => !held.has(said));
  const went = before.filter((one) => !labels.has(one.label)).map(labelOf);
  const parts = [];
  if (came.length > 0) parts.push(told(gettext("Asked for now: %(what)s."), came));
  if (went.length > 0) parts.push(told(gettext("No longer: %(what)s."), went));
  return parts.join(" ");
}

/**
 * @param {string} sentence
 * @param {string[]} what
 */
function told(sentence, what) {
  return interpolate(sentence, { what: what.join(", ") });
}

/**
 * A choice was taken: its chip is busy until its turn is over.
 * @param {State} state
 * @param {{id?: string | number | null, message: string}} frame
 * @returns {State}
 */
export function choiceTaken(state, frame) {
  const asked = state.waiting[String(frame.id ?? "")];
  if (asked?.kind !== "choice") return state;
  return {
    ...state,
    waiting: without(state.waiting, frame.id),
    settling: { ...state.settling, [frame.message]: asked.chip },
  };
}

/**
 * @param {State} state
 * @param {string} message whose turn is over
 * @returns {State}
 */
export function choiceDone(state, message) {
  return { ...state, settling: without(state.settling, message) };
}

/**
 * The ids of chips that are being set.
 * @param {State} state
 * @returns {Set<string>}
 */
export function busyChips(state) {
  const waiting = Object.values(state.waiting).map((w) => (w.kind === "choice" ? w.chip : ""));
  return new Set([...waiting, ...Object.values(state.settling)]);
}
