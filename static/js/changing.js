// @ts-check
// Changes of the list by hand, one on its way at a time. Each goes out with the version
// that it was meant for; what was pressed meanwhile waits, and is then meant for the
// version that the change before it has made, if nobody else has made another.

import { gettext } from "./words.js";

/** @typedef {import("./protocol.js").ClientFrame} ClientFrame */
/** @typedef {import("./protocol.js").Track} Track */
/** @typedef {import("./reduce.js").LocalAction} LocalAction */
/** @typedef {import("./state.js").State} State */

/** @typedef {{id: string, playlist: string, base: number}} Meant */

/**
 * Say in a frame what is to be changed; null where there is nothing to do any more.
 * @typedef {(meant: Meant, tracks: Track[]) => ClientFrame | null} Change
 */

/**
 * @param {object} options
 * @param {() => State} options.state
 * @param {(action: LocalAction) => void} options.dispatch
 * @param {(frame: ClientFrame) => boolean} options.send
 * @param {() => string} options.newId
 * @param {(key: string, words: string) => void} options.tell
 */
export function makeChanging({ state, dispatch, send, newId, tell }) {
  /** @type {{change: Change, playlist: string, base: number}[]} */
  let later = [];
  /** @type {Meant | null} */
  let under = null;

  /** @param {Change} change */
  function begin(change) {
    const { playlist } = state();
    if (!playlist) return;
    later.push({ change, playlist: playlist.id, base: playlist.version });
    goOn();
  }

  /** Send what waits, where nothing is on its way: after each change of the state. */
  function goOn() {
    const { playlist, waiting, shownBy } = state();
    if (under && waiting[under.id]) return;
    const done = under;
    under = null;
    if (done && playlist && shownBy === done.id) {
      later = later.map((one) =>
        one.base === done.base ? { ...one, base: playlist.version } : one,
      );
    }
    const next = later.shift();
    if (next) out(next);
  }

  /** @param {{change: Change, playlist: string, base: number}} next */
  function out({ change, playlist, base }) {
    const shown = state().playlist;
    if (shown?.id !== playlist) {
      goOn(); // another list is open by now
      return;
    }
    const meant = { id: newId(), playlist, base };
    const frame = change(meant, shown.tracks);
    if (!frame) {
      goOn();
      return;
    }
    under = meant;
    // The state first: the answer may come before this function ends.
    dispatch({ type: "local.edited", id: meant.id, adds: addsOf(frame) });
    if (!send(frame)) {
      under = null;
      later = [];
      dispatch({ type: "local.unsent", id: meant.id });
      tell("edit", gettext("No connection just now, so the playlist stays as it is."));
    }
  }

  return { change: begin, goOn };
}

/**
 * The songs that a change puts in.
 * @param {ClientFrame} frame
 */
function addsOf(frame) {
  if (frame.type !== "playlist.edit") return [];
  return frame.ops.flatMap((op) => (op.op === "add" ? op.tracks : []));
}
