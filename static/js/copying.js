// @ts-check
// A reply and its songs as plain text, for the clipboard.

import { byline } from "./render/song.js";

/** @typedef {import("./protocol.js").Turn} Turn */

/** @param {Turn} turn */
export function textOf(turn) {
  const songs = turn.tracks.map((track, index) => {
    const by = byline(track, { withYear: true });
    return `${index + 1}. ${track.title}${by ? ` – ${by}` : ""}`;
  });
  return [turn.reply.trim(), songs.join("\n")].filter(Boolean).join("\n\n");
}
