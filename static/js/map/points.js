// @ts-check
// The songs on the map, from the body that the server packs. The format is told in
// catalog/maps/packing.py.

const MAGIC = "PMAP";
const FORMAT = 1;
const EDGE = 65535;
const FULL = 254;
export const UNKNOWN = 255;
// What the server calls all that got no colour of its own.
const OTHER = "other genres";

/**
 * @typedef {object} Points
 * @property {number} map the map's number, which a song's number belongs to
 * @property {number} count
 * @property {string[]} genres
 * @property {{valence: number, energy: number}} middle medians of the catalog
 * @property {Float32Array} x 0 to 1, from the left
 * @property {Float32Array} y 0 to 1, from the top
 * @property {Uint8Array} genre place in genres, or UNKNOWN
 * @property {Uint8Array} valence 0 to 254, or UNKNOWN
 * @property {Uint8Array} energy
 */

/**
 * Throws where the body is of another format.
 * @param {ArrayBuffer} body
 * @returns {Points}
 */
export function unpack(body) {
  const letters = new Uint8Array(body, 0, 4);
  const length = new DataView(body).getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(body, 8, length)));
  if (String.fromCharCode(...letters) !== MAGIC || header.format !== FORMAT) {
    throw new Error("This map is of another format");
  }
  const { count } = header;
  const start = 8 + length;
  const at = (/** @type {number} */ column) =>
    new Uint8Array(body, start + 4 * count + column * count, count);
  return {
    map: header.map,
    count,
    genres: header.genres,
    middle: header.middle,
    x: parts(new Uint16Array(body, start, count)),
    y: parts(new Uint16Array(body, start + 2 * count, count)),
    genre: at(0),
    valence: at(1),
    energy: at(2),
  };
}

/** @param {Uint16Array} steps */
function parts(steps) {
  return Float32Array.from(steps, (step) => step / EDGE);
}

/**
 * @typedef {object} Category
 * @property {string} name
 * @property {number} count
 */

/**
 * What the dots are coloured by: each song's category, and their names. What nobody
 * knows is the last one.
 * @typedef {{of: Uint8Array, categories: Category[]}} Colouring
 */

/**
 * @param {Points} points
 * @param {{other: string, unknown: string}} names in the page's language
 * @returns {Colouring}
 */
export function byGenre({ count, genre, genres }, { other, unknown }) {
  const of = new Uint8Array(count);
  for (let i = 0; i < count; i += 1) of[i] = Math.min(genre[i], genres.length);
  const named = genres.map((name) => (name === OTHER ? other : name));
  return { of, categories: counted(of, [...named, unknown]) };
}

/**
 * The quarters of the plane of moods, parted where the catalog's middle is.
 * @param {Points} points
 * @param {string[]} names lively and happy, lively and dark, calm and happy, calm and
 *   dark, unknown
 * @returns {Colouring}
 */
export function byMood({ count, valence, energy, middle }, names) {
  const of = new Uint8Array(count);
  const happy = middle.valence * FULL;
  const lively = middle.energy * FULL;
  for (let i = 0; i < count; i += 1) {
    const isUnknown = valence[i] === UNKNOWN || energy[i] === UNKNOWN;
    of[i] = isUnknown ? 4 : (energy[i] >= lively ? 0 : 2) + (valence[i] >= happy ? 0 : 1);
  }
  return { of, categories: counted(of, names) };
}

/**
 * @param {Uint8Array} of
 * @param {string[]} names
 */
function counted(of, names) {
  const counts = names.map(() => 0);
  for (const category of of) counts[category] += 1;
  return names.map((name, i) => ({ name, count: counts[i] }));
}
