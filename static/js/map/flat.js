// @ts-check
// Draws the dots without WebGL: straight into the pixels of a 2-D canvas, which takes a
// few milliseconds for 100,000 where as many shapes would take a tenth of a second.

/** @typedef {import("./points.js").Points} Points */
/** @typedef {import("./camera.js").Picture} Picture */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Points} points
 */
export function makeFlatPainter(canvas, points) {
  const context = canvas.getContext("2d");
  let given = new Uint8Array(points.count);
  /** @type {ImageData | null} */
  let image = null;

  /** @param {Picture} picture */
  function paint({ camera, ratio, size, palette }) {
    const { width, height } = canvas;
    if (!context || width === 0 || height === 0) return;
    if (image?.width !== width || image.height !== height) {
      image = context.createImageData(width, height);
    }
    const pixels = new Uint32Array(image.data.buffer);
    pixels.fill(0);
    const inks = Uint32Array.from(palette, ([r, g, b, a]) =>
      a === 0 ? 0 : (a << 24) | (b << 16) | (g << 8) | r,
    );
    const { x, y } = camera.middle();
    const scale = camera.scale() * ratio;
    const side = Math.max(1, Math.round(size * ratio * 0.9));
    const insets = discInsets(side);
    const left = width / 2 - x * scale - side / 2;
    const top = height / 2 - y * scale - side / 2;
    const [right, bottom] = [width - side, height - side];
    for (let i = 0; i < points.count; i += 1) {
      const column = Math.round(points.x[i] * scale + left);
      const row = Math.round(points.y[i] * scale + top);
      if (column < 0 || row < 0 || column > right || row > bottom) continue;
      const ink = inks[given[i]];
      let line = row * width + column;
      for (let n = 0; n < side; n += 1, line += width) {
        const end = line + side - insets[n];
        for (let pixel = line + insets[n]; pixel < end; pixel += 1) pixels[pixel] = ink;
      }
    }
    context.putImageData(image, 0, 0);
  }

  return {
    /** @param {Uint8Array<ArrayBuffer>} of each song's category */
    recolour: (of) => {
      given = of;
    },
    paint,
  };
}

/**
 * How far from its square's edge a disc begins, line by line.
 * @param {number} side in pixels
 */
export function discInsets(side) {
  const radius = side / 2;
  return Array.from({ length: side }, (_, n) =>
    Math.round(radius - Math.sqrt(radius ** 2 - (n + 0.5 - radius) ** 2)),
  );
}
