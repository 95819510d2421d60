// @ts-check
// What is never to be heard again: known when the page opens, and told of as it changes.

import { byId } from "./render/dom.js";

/** @typedef {import("./protocol.js").Track} Track */
/** @typedef {import("./protocol.js").Refused} Refused */
/** @typedef {import("./protocol.js").ServerFrame} ServerFrame */

/**
 * @param {Refused} refused
 * @param {Pick<Track, "id" | "artists">} track
 */
export function isRefused(refused, track) {
  return (
    refused.tracks.includes(track.id) ||
    refused.guests.includes(track.id) ||
    track.artists.some((name) => refused.artists.includes(name))
  );
}

/**
 * What keeps a song from being heard: null for the song itself and its guests, an artist by
 * their place.
 * @param {Refused} refused
 * @param {Pick<Track, "id" | "artists">} track
 * @returns {(number | null)[]}
 */
export function refusedBy(refused, track) {
  const places = track.artists.flatMap((name, n) => (refused.artists.includes(name) ? [n] : []));
  const isItself = refused.tracks.includes(track.id) || refused.guests.includes(track.id);
  return isItself ? [null, ...places] : places;
}

/**
 * A song in all of its versions, or an artist, known by name, is ruled out or lifted.
 * @param {Refused} refused
 * @param {Extract<ServerFrame, {type: "never"}>} frame
 * @returns {Refused}
 */
export function refusedSince(refused, { name, tracks, guests, is_on }) {
  /** @type {(held: string[], some: string[]) => string[]} */
  const changed = (held, some) => [
    ...held.filter((one) => !some.includes(one)),
    ...(is_on ? some : []),
  ];
  return {
    tracks: changed(refused.tracks, tracks),
    artists: changed(refused.artists, tracks.length === 0 ? [name] : []),
    guests: changed(refused.guests, guests),
  };
}

/**
 * What the page was made with.
 * @returns {Refused}
 */
export const refusedAtFirst = () => JSON.parse(byId("refused").textContent ?? "");
