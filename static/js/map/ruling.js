// @ts-check
// What is never to be heard again, on the map: told by the line that conversations use.

import { isRefused, refusedAtFirst, refusedBy, refusedSince } from "../refusing.js";
import { openSocket, socketUrl } from "../socket.js";

/** @typedef {import("./songs.js").Song} Song */

/**
 * @param {object} options
 * @param {string} options.path of the socket
 * @param {() => void} options.onChange
 */
export function watchRefused({ path, onChange }) {
  let refused = refusedAtFirst();
  const socket = openSocket({
    url: socketUrl(path),
    onFrame(frame) {
      if (frame.type === "hello") refused = frame.never ?? refused;
      else if (frame.type === "never") refused = refusedSince(refused, frame);
      else return;
      onChange();
    },
    onLink: () => {},
  });

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
