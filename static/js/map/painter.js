// @ts-check
// Draws the dots by the way that the browser has, and keeps the canvas as large as it is
// shown.

import { makeFlatPainter } from "./flat.js";
import { makeGlPainter } from "./gl.js";

/** @typedef {import("./camera.js").Camera} Camera */
/** @typedef {import("./camera.js").Colour} Colour */
/** @typedef {import("./points.js").Points} Points */

const MAX_RATIO = 2;
const [SMALLEST, LARGEST] = [2, 13];
// How much of the square all dots together would cover.
const COVER = 0.22;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Points} points
 * @param {Camera} camera
 */
export function makePainter(canvas, points, camera) {
  // `?draw=flat` and `?draw=webgl` choose, for whoever looks for a fault.
  const asked = new URLSearchParams(location.search).get("draw");
  const painter =
    (asked === "flat" ? null : makeGlPainter(canvas, points, asked === "webgl")) ??
    makeFlatPainter(canvas, points);
  const ratio = () => Math.min(MAX_RATIO, devicePixelRatio || 1);

  /** Dots grow with the map, though more slowly, so that close ones part. */
  function dotSize() {
    const whole = camera.scale() / camera.zoom();
    const size = Math.sqrt((COVER * whole * whole) / Math.max(1, points.count));
    return Math.max(SMALLEST, Math.min(LARGEST, size * camera.zoom() ** 0.4));
  }

  return {
    recolour: painter.recolour,
    dotSize,
    fit() {
      canvas.width = Math.round(canvas.clientWidth * ratio());
      canvas.height = Math.round(canvas.clientHeight * ratio());
      camera.resize(canvas.clientWidth, canvas.clientHeight);
    },
    /** @param {Colour[]} palette */
    paint: (palette) =>
      painter.paint({ camera, ratio: ratio(), size: dotSize(), palette }),
  };
}
