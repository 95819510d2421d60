// @ts-check
// What the songs on the map are called, asked for a few at a time and kept.

/** @typedef {import("../protocol.js").Track} Track */

/** A song as the map's addresses tell it: number is its place on the map. */
/** @typedef {Track & {number: number, genres: string[]}} Song */

const WAIT_MS = 60;
const AT_ONCE = 50;

/**
 * @param {object} options
 * @param {string} options.songsUrl
 * @param {string} options.findUrl
 * @param {string} options.refusedUrl
 * @param {number} options.map
 */
export function makeSongs({ songsUrl, findUrl, refusedUrl, map }) {
  /** @type {Map<number, Song | null>} null: it has left the catalog */
  const known = new Map();
  /** @type {Map<number, ((song: Song | null) => void)[]>} */
  const asked = new Map();
  let timer = 0;

  /**
   * A song by its number; null where it has left the catalog.
   * @param {number} number
   * @returns {Promise<Song | null>}
   */
  function get(number) {
    const found = known.get(number);
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve) => {
      asked.set(number, [...(asked.get(number) ?? []), resolve]);
      if (asked.size >= AT_ONCE) void ask();
      else if (!timer) timer = window.setTimeout(() => void ask(), WAIT_MS);
    });
  }

  async function ask() {
    clearTimeout(timer);
    timer = 0;
    const batch = [...asked];
    asked.clear();
    const numbers = batch.map(([number]) => number);
    /** @type {Song[] | null} */
    const songs = await fetched(`${songsUrl}?map=${map}&songs=${numbers.join(",")}`);
    for (const song of songs ?? []) known.set(song.number, song);
    for (const [number, waiting] of batch) {
      // Where the line was down, it is asked for again another time.
      if (songs && !known.has(number)) known.set(number, null);
      for (const resolve of waiting) resolve(known.get(number) ?? null);
    }
  }

  /**
   * @template T
   * @param {string} url
   * @returns {Promise<T[] | null>}
   */
  async function fetched(url) {
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (answer.status === 410) location.reload();
      return answer.ok ? (await answer.json()).songs : null;
    } catch {
      return null;
    }
  }

  return {
    get,
    /** @param {number} number */
    held: (number) => known.get(number),
    /**
     * The songs on the map that words name; null where nobody answers.
     * @param {string} words
     */
    async find(words) {
      /** @type {Song[] | null} */
      const songs = await fetched(`${findUrl}?map=${map}&q=${encodeURIComponent(words)}`);
      for (const song of songs ?? []) known.set(song.number, song);
      return songs;
    },
    /**
     * The numbers of all songs on the map that are never to be heard; null where nobody answers.
     * @returns {Promise<number[] | null>}
     */
    refused: () => fetched(`${refusedUrl}?map=${map}`),
  };
}

/** @typedef {ReturnType<typeof makeSongs>} Songs */
