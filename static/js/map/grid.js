// @ts-check
// Which songs are near a spot: the square is cut into cells, and songs are sorted by
// theirs, so that only a few are looked at.

/** @typedef {import("./points.js").Points} Points */

const PER_CELL = 4;
const MAX_SIDE = 512;

/** @param {Points} points */
export function makeGrid({ count, x, y }) {
  const side = Math.max(1, Math.min(MAX_SIDE, Math.round(Math.sqrt(count / PER_CELL))));
  const cellOf = (/** @type {number} */ part) =>
    Math.max(0, Math.min(side - 1, Math.floor(part * side)));
  const starts = new Uint32Array(side * side + 1);
  const sorted = new Uint32Array(count);
  const cells = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) {
    cells[i] = cellOf(y[i]) * side + cellOf(x[i]);
    starts[cells[i] + 1] += 1;
  }
  for (let c = 0; c < side * side; c += 1) starts[c + 1] += starts[c];
  const next = starts.slice();
  for (let i = 0; i < count; i += 1) {
    sorted[next[cells[i]]] = i;
    next[cells[i]] += 1;
  }

  /**
   * The songs nearest to a spot, the nearest first.
   * @param {number} atX
   * @param {number} atY
   * @param {object} options
   * @param {number} options.count at most
   * @param {number} [options.within] how far away at most
   * @param {(song: number) => boolean} [options.isShown]
   * @returns {number[]}
   */
  function near(atX, atY, { count: wanted, within = 2, isShown = () => true }) {
    const midX = cellOf(atX);
    const midY = cellOf(atY);
    /** @type {{song: number, far: number}[]} */
    let found = [];
    for (let ring = 0; ring < side; ring += 1) {
      // Whatever lies in this ring is at least so far away.
      const least = (ring - 1) / side;
      if (least > within) break;
      if (found.length >= wanted && found[wanted - 1].far <= least) break;
      for (const cell of cellsOfRing(midX, midY, ring, side)) {
        for (let s = starts[cell]; s < starts[cell + 1]; s += 1) {
          const song = sorted[s];
          const far = Math.hypot(x[song] - atX, y[song] - atY);
          if (far <= within && isShown(song)) found.push({ song, far });
        }
      }
      found.sort((a, b) => a.far - b.far || a.song - b.song);
      found = found.slice(0, wanted);
    }
    return found.map(({ song }) => song);
  }

  return { near };
}

/**
 * @param {number} midX
 * @param {number} midY
 * @param {number} ring
 * @param {number} side
 */
function* cellsOfRing(midX, midY, ring, side) {
  for (let row = midY - ring; row <= midY + ring; row += 1) {
    if (row < 0 || row >= side) continue;
    const isEdge = row === midY - ring || row === midY + ring;
    const step = isEdge || ring === 0 ? 1 : 2 * ring;
    for (let column = midX - ring; column <= midX + ring; column += step) {
      if (column >= 0 && column < side) yield row * side + column;
    }
  }
}
