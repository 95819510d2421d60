// @ts-check
// What the listener is told at the message box.

import { gettext, interpolate, isEnglish } from "./words.js";

/** @typedef {import("./state.js").Notice} Notice */
/** @typedef {import("./state.js").State} State */

/**
 * @param {State} state
 * @param {string} key
 * @param {string} words
 * @param {boolean} isError
 * @param {Pick<Notice, "url" | "progress" | "lift" | "again">} [more] where it leads, how far
 *   it is, what can be done about it
 * @returns {State}
 */
export function noticed(state, key, words, isError, more = {}) {
  const others = state.notices.filter((n) => n.key !== key && n.words !== words);
  return { ...state, notices: [...others, { key, words, isError, ...more }].slice(-3) };
}

/**
 * @param {State} state
 * @param {string} key
 * @returns {State}
 */
export function unnoticed(state, key) {
  return { ...state, notices: state.notices.filter((n) => n.key !== key) };
}

/**
 * Tell where songs that were to be added stand in the list, and offer to add them again.
 * @param {State} state
 * @param {string} key
 * @param {string[]} adds
 * @param {string} detail what the server says
 */
export function noticedThere(state, key, adds, detail) {
  const tracks = state.playlist?.tracks ?? [];
  const place = tracks.findIndex((track) => adds.includes(track.id)) + 1;
  const words = gettext("That song is in the playlist already, at number %(place)s.");
  const told = place > 0 ? interpolate(words, { place }) : errorWords("already_there", detail);
  return noticed(state, key, told, false, { again: adds });
}

// The server says what was wrong in English, and more exactly; these go by its code.
/** @type {Record<string, string>} */
const ERRORS = {
  too_large: gettext("That is too long."),
  not_found: gettext("That isn't here any more."),
  busy: gettext("A reply is being written, and another message waits already."),
  set_aside: gettext("That message was replaced by another one."),
  stands: gettext("That message wasn't set aside."),
  edit_refused: gettext("The playlist can't be changed like that, so it stays as it is."),
  already_there: gettext("That song is in the playlist already."),
  stale: gettext("The playlist has changed meanwhile, so it stays as it is now."),
  value_refused: gettext("That can't be set like this, or it is so already."),
  choice_stale: gettext("What is asked for has changed in the meantime."),
  too_fast: gettext("That was a lot at once. Wait a little, then go on."),
  crowded: gettext("Many people are asking at once. Try again in a moment."),
  internal: gettext("Something went wrong here. Please try again."),
};

/**
 * @param {string} code
 * @param {string} detail
 */
export function errorWords(code, detail) {
  return isEnglish ? detail : (ERRORS[code] ?? detail);
}
