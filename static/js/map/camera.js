// @ts-check
// Which part of the map is seen: its middle in parts of the square, and how many CSS
// pixels the whole square would take.

const MAX_ZOOM = 200;
const FITS = 0.92;
export const STEP = 1.5;

/** @param {() => void} onMove */
export function makeCamera(onMove) {
  let width = 1;
  let height = 1;
  let x = 0.5;
  let y = 0.5;
  let zoom = 1;

  const whole = () => Math.min(width, height) * FITS;
  const scale = () => whole() * zoom;

  /** @param {{x: number, y: number, zoom: number}} wanted */
  function go(wanted) {
    zoom = Math.max(0.8, Math.min(MAX_ZOOM, wanted.zoom));
    x = Math.max(0, Math.min(1, wanted.x));
    y = Math.max(0, Math.min(1, wanted.y));
    onMove();
  }

  const camera = {
    go,
    zoom: () => zoom,
    scale,
    size: () => ({ width, height }),
    middle: () => ({ x, y }),
    /**
     * @param {number} newWidth
     * @param {number} newHeight
     */
    resize(newWidth, newHeight) {
      width = Math.max(1, newWidth);
      height = Math.max(1, newHeight);
      onMove();
    },
    /**
     * Where a place of the map is seen.
     * @param {number} atX
     * @param {number} atY
     */
    seen: (atX, atY) => ({
      left: (atX - x) * scale() + width / 2,
      top: (atY - y) * scale() + height / 2,
    }),
    /**
     * Which place of the map a pixel shows.
     * @param {number} left
     * @param {number} top
     */
    placeAt: (left, top) => ({
      x: (left - width / 2) / scale() + x,
      y: (top - height / 2) / scale() + y,
    }),
    /**
     * @param {number} right pixels that the map goes
     * @param {number} down
     */
    pan: (right, down) => go({ x: x - right / scale(), y: y - down / scale(), zoom }),
    /**
     * Zoom so that what is under a pixel stays there.
     * @param {number} factor
     * @param {number} left
     * @param {number} top
     */
    zoomAt(factor, left = width / 2, top = height / 2) {
      const under = camera.placeAt(left, top);
      const next = Math.max(0.8, Math.min(MAX_ZOOM, zoom * factor));
      const size = whole() * next;
      go({
        x: under.x - (left - width / 2) / size,
        y: under.y - (top - height / 2) / size,
        zoom: next,
      });
    },
    showWhole: () => go({ x: 0.5, y: 0.5, zoom: 1 }),
  };
  return camera;
}

/** @typedef {ReturnType<typeof makeCamera>} Camera */

/** Red, green, blue and how opaque, each 0 to 255; nothing is drawn at 0. */
/** @typedef {[number, number, number, number]} Colour */

/**
 * @typedef {object} Picture
 * @property {Camera} camera
 * @property {number} ratio the screen's pixels to a CSS pixel
 * @property {number} size of a dot, in CSS pixels
 * @property {Colour[]} palette by category
 */
