// @ts-check
// Places in the plane of moods, in words and in the picture's own measure. Pure.

import { gettext, interpolate } from "./words.js";

/** @typedef {import("./protocol.js").PlanePoint} PlanePoint */
/** @typedef {import("./protocol.js").Range} Range */

/** How wide and high the picture is. */
export const SIZE = 1000;
/** A line shorter than this was meant as a press. */
const SHORTEST = 0.06;

// The same words as chat/agent/labels.py has for a place.
/** @type {[number, string][]} */
const VALENCES = [[0.2, gettext("sad")], [0.4, gettext("a bit sad")], [0.6, ""], [0.8, gettext("cheerful")], [1, gettext("happy")]];
/** @type {[number, string][]} */
const ENERGIES = [[0.2, gettext("calm")], [0.4, gettext("fairly calm")], [0.6, ""], [0.8, gettext("lively")], [1, gettext("energetic")]];

/** @param {PlanePoint} point */
export function placeWords({ valence, energy }) {
  const words = [banded(valence, VALENCES), banded(energy, ENERGIES)];
  return words.filter(Boolean).join(", ") || gettext("balanced");
}

/**
 * @param {number} value
 * @param {[number, string][]} bands
 */
function banded(value, bands) {
  return bands.find(([edge]) => value <= edge)?.[1] ?? "";
}

/**
 * @param {PlanePoint} start
 * @param {PlanePoint | null} end
 */
export function moodWords(start, end) {
  if (!end) return placeWords(start);
  const places = { start: placeWords(start), end: placeWords(end) };
  return interpolate(gettext("from %(start)s to %(end)s"), places);
}

/**
 * @param {number} value
 */
export function within(value) {
  return Math.min(1, Math.max(0, Math.round(value * 1000) / 1000));
}

/**
 * @param {PlanePoint} a
 * @param {PlanePoint} b
 */
export function isLine(a, b) {
  return Math.hypot(a.valence - b.valence, a.energy - b.energy) >= SHORTEST;
}

/**
 * Where a place is drawn: sad is left, and energetic above. What is free lies in the middle.
 * @param {{valence: number | null, energy: number | null}} point
 */
export function drawnAt({ valence, energy }) {
  return { x: (valence ?? 0.5) * SIZE, y: (1 - (energy ?? 0.5)) * SIZE };
}

/**
 * The area of ranges, open sides reaching to the edge; null where nothing is asked for.
 * @param {Range | null} valence
 * @param {Range | null} energy
 */
export function areaOf(valence, energy) {
  if (!valence && !energy) return null;
  const [left, right] = [valence?.low ?? 0, valence?.high ?? 1].map(within);
  const [bottom, top] = [energy?.low ?? 0, energy?.high ?? 1].map(within);
  return {
    x: left * SIZE,
    y: (1 - top) * SIZE,
    width: (right - left) * SIZE,
    height: (top - bottom) * SIZE,
  };
}
