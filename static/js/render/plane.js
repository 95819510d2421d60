// @ts-check
// The plane of moods drawn: the list's songs as dots, what is asked for, and where the
// listener points.

import { areaOf, drawnAt } from "../moods.js";
import { gettext, interpolate } from "../words.js";
import { byId, setAttribute, setText } from "./dom.js";

/** @typedef {import("../protocol.js").PlanePoint} PlanePoint */
/** @typedef {import("../protocol.js").Track} Track */
/** @typedef {import("../state.js").State} State */
/** @typedef {{start: PlanePoint, end: PlanePoint | null}} Pointed */

const SVG = "http://www.w3.org/2000/svg";
const DOT_RADIUS = "13";

/**
 * @param {State} state
 * @param {Pointed | null} pointed
 */
export function renderPlane(state, pointed) {
  const tracks = state.playlist?.tracks ?? [];
  const known = tracks.filter((t) => isKnown(t.valence) && isKnown(t.energy));
  renderDots(known);
  setText(byId("plane-known"), knownWords(known.length, tracks.length));
  renderAsked(state);
  renderPointed(pointed);
}

/** @param {number | null | undefined} value */
function isKnown(value) {
  return typeof value === "number";
}

/** @param {Track[]} known */
function renderDots(known) {
  const dots = byId("plane-dots");
  while (dots.childElementCount > known.length) dots.lastElementChild?.remove();
  const places = known.map((track) => drawnAt(placeOf(track)));
  places.forEach(({ x, y }, index) => {
    const dot = dots.children[index] ?? dots.appendChild(document.createElementNS(SVG, "circle"));
    setAttribute(dot, "class", index === 0 ? "plane__dot plane__dot--first" : "plane__dot");
    setAttribute(dot, "r", DOT_RADIUS);
    // By transform, so that a dot glides to where another list has it.
    /** @type {SVGElement} */ (dot).style.transform = `translate(${x}px, ${y}px)`;
  });
  setAttribute(byId("plane-list"), "points", pointsOf(places));
}

/** @param {Track} track */
function placeOf(track) {
  return { valence: track.valence ?? null, energy: track.energy ?? null };
}

/** @param {{x: number, y: number}[]} places */
function pointsOf(places) {
  return places.map(({ x, y }) => `${x.toFixed(0)},${y.toFixed(0)}`).join(" ");
}

/**
 * @param {number} known
 * @param {number} all
 */
function knownWords(known, all) {
  if (all === 0) return gettext("The dots will be the songs of your list.");
  if (known === all) {
    return gettext("The dots are the songs of your list, in its order along the line.");
  }
  const words = gettext(
    "The dots are %(known)s of the %(all)s songs of your list; of the others the mood isn't known.",
  );
  return interpolate(words, { known, all });
}

/** @param {State} state */
function renderAsked({ mood }) {
  const places = mood.path.map(drawnAt);
  const last = places.at(-1);
  setAttribute(byId("plane-path"), "points", pointsOf(places));
  const end = byId("plane-path-end");
  setAttribute(end, "visibility", last ? null : "hidden");
  setAttribute(end, "cx", String(last?.x ?? 0));
  setAttribute(end, "cy", String(last?.y ?? 0));
  const area = places.length > 0 ? null : areaOf(mood.valence, mood.energy);
  const box = byId("plane-area");
  setAttribute(box, "visibility", area ? null : "hidden");
  for (const [name, value] of Object.entries(area ?? {})) {
    setAttribute(box, name, value.toFixed(0));
  }
}

/** @param {Pointed | null} pointed */
function renderPointed(pointed) {
  const start = pointed && drawnAt(pointed.start);
  const end = pointed?.end ? drawnAt(pointed.end) : null;
  for (const [id, place] of /** @type {const} */ ([["plane-start", start], ["plane-end", end]])) {
    const point = byId(id);
    setAttribute(point, "visibility", place ? null : "hidden");
    setAttribute(point, "cx", String(place?.x ?? 0));
    setAttribute(point, "cy", String(place?.y ?? 0));
  }
  const line = byId("plane-line");
  setAttribute(line, "visibility", start && end ? null : "hidden");
  if (!start || !end) return;
  for (const [name, value] of /** @type {const} */ ([
    ["x1", start.x],
    ["y1", start.y],
    ["x2", end.x],
    ["y2", end.y],
  ])) {
    setAttribute(line, name, value.toFixed(0));
  }
}
