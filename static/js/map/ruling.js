// @ts-check
// What is never to be heard again, on the map: told by the line that conversations use.

import { isRefused, refusedAtFirst, refusedBy, refusedSince } from "../refusing.js";
import { openSocket, socketUrl } from "../socket.js";

/** @typedef {import("./songs.js").Song} Song */

/**
 * @param {object} options
 * @param {import("./songs.js").Songs} options.songs
 * @param {string} options.path of the socket
 * @param {() => void} options.onChange
 */
export function watchRefused({ songs, path, onChange }) {
  let refused = refusedAtFirst();
  /** Songs by their numbers, for their dots. */
  let numbers = /** @type {Set<number>} */ (new Set());
  let newest = 0;
  const socket = openSocket({
    url: socketUrl(path),
    onFrame(frame) {
      if (frame.type === "hello") refused = frame.never ?? refused;
      else if (frame.type === "never") refused = refusedSince(refused, frame);
      else return;
      onChange();
      void ask();
    },
    onLink: () => {},
  });

  async function ask() {
    newest += 1;
    const mine = newest;
    const found = await songs.refused();
    if (found === null || mine !== newest) return;
    numbers = new Set(found);
    onChange();
  }

  /**
   * @param {Song} song
   * @param {number | null} artist
   * @param {boolean} is_on
   */
  const set = ({ id }, artist, is_on) =>
    socket.send({ type: "never.set", track: id, artist, is_on });

  return {
    /** @param {Pick<Song, "id" | "artists">} song */
    holds: (song) => isRefused(refused, song),
    numbers: () => numbers,
    /**
     * Never hear a song again; or hear it, and who made it. Returns whether that was sent.
     * @param {Song} song
     */
    turn(song) {
      const by = refusedBy(refused, song);
      return by.length === 0 ? set(song, null, true) : by.every((one) => set(song, one, false));
    },
  };
}
