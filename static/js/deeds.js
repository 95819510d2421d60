// @ts-check
// What a listener can do, as requests to the server; each says at once what it can't.

import { makeChanging } from "./changing.js";
import { songWords } from "./mentions.js";
import { BUSY, knownTracks, openTurns, queuedTurn, rowKeys, runningTurn } from "./state.js";
import { whyNot } from "./render/foot.js";
import { gettext } from "./words.js";

/** @typedef {import("./protocol.js").ClientFrame} ClientFrame */
/** @typedef {import("./protocol.js").Op} Op */
/** @typedef {import("./protocol.js").Track} Track */
/** @typedef {import("./protocol.js").Reaction} Reaction */
/** @typedef {import("./protocol.js").Reason} Reason */
/** @typedef {import("./protocol.js").Source} Source */
/** @typedef {import("./reduce.js").LocalAction} LocalAction */
/** @typedef {import("./state.js").State} State */

/**
 * @param {object} options
 * @param {() => State} options.state
 * @param {(action: LocalAction) => void} options.dispatch
 * @param {(frame: ClientFrame) => boolean} options.send
 * @param {() => boolean} options.isEarly the page has never been connected yet
 * @param {(words: string) => void} options.hold keep words until it is
 * @param {() => void} options.onSaid
 */
export function makeDeeds({ state, dispatch, send, isEarly, hold, onSaid }) {
  const changing = makeChanging({ state, dispatch, send, newId, tell });
  const page = Math.random().toString(36).slice(2, 8);
  let requests = 0;

  /** An id that no other tab of this listener uses. */
  function newId() {
    requests += 1;
    return `${page}-${requests}`;
  }

  /** @param {string} key a turn's, which a message of this tab has from its request */
  const isMine = (key) => key.startsWith(`${page}-`);

  /**
   * @param {string} key
   * @param {string} words
   */
  function tell(key, words) {
    dispatch({ type: "local.notice", key, words, isError: true });
  }

  /**
   * Say something. Returns whether it went out, or stands there to be tried again.
   * @param {string} words
   * @returns {boolean}
   */
  function say(words) {
    const said = words.trim();
    if (said === "") return false;
    const open = openTurns(state()).length;
    if (open > 1 || (open === 1 && state().conversation === null)) {
      tell(BUSY, gettext("One moment: a message waits already. Wait for it, or take it back."));
      return false;
    }
    if (isEarly()) {
      hold(words);
      return false;
    }
    const why = whyNot(state());
    if (why !== "") {
      tell("offline", why);
      return false;
    }
    const key = newId();
    /** @type {ClientFrame} */
    const frame = { type: "message.send", id: key, text: said };
    const { conversation } = state();
    if (conversation) frame.conversation = conversation;
    // The state first: the answer may come before this function ends.
    dispatch({ type: "local.sent", key, text: said, isOut: true });
    if (!send(frame)) {
      dispatch({ type: "local.sent", key, text: said, isOut: false });
    }
    onSaid();
    return true;
  }

  /** @param {string} words */
  function sayAgain(words) {
    const unsent = state().turns.find((t) => t.status === "unsent" && t.text === words);
    if (say(words) && unsent) dispatch({ type: "local.dropped", key: unsent.key });
  }

  /**
   * Say an earlier message in other words, or the same again, and go on from there.
   * Returns whether it went out; where it didn't, the listener is told why.
   * @param {string} message
   * @param {string} words
   * @returns {boolean}
   */
  function amend(message, words) {
    const said = words.trim();
    if (said === "") return false;
    if (runningTurn(state())) {
      tell(BUSY, gettext("One moment: the reply is still being written. Wait for it, or stop it."));
      return false;
    }
    const why = whyNot(state());
    const id = newId();
    if (why !== "" || !send({ type: "message.edit", id, message, text: said })) {
      tell("offline", why || gettext("No connection just now, so nothing was changed."));
      return false;
    }
    dispatch({ type: "local.amended", id });
    onSaid();
    return true;
  }

  function stop() {
    const running = state().turns.find((t) => t.status === "running");
    if (running?.id) send({ type: "message.stop", id: newId(), message: running.id });
  }

  /** Take back what waits. Returns its words, "" where nothing does. */
  function takeBack() {
    const queued = queuedTurn(state());
    if (!queued?.id || !send({ type: "message.stop", id: newId(), message: queued.id })) {
      return "";
    }
    return queued.text;
  }

  /**
   * @param {string} track
   * @param {Reaction} value
   * @param {string | null} message the reply in which it was pressed
   * @param {{reason?: Reason, source?: Source}} [more]
   */
  function react(track, value, message, more = {}) {
    const id = newId();
    /** @type {ClientFrame} */
    const frame = { type: "reaction.set", id, track, value, ...where(message), ...more };
    dispatch({ type: "local.reacted", id, track, value, isOut: state().link === "online" });
    if (state().link === "online") send(frame);
  }

  /**
   * Where a song was met: in a reply, or in the list of this talk.
   * @param {string | null} message
   */
  function where(message) {
    if (message) return { message };
    const { conversation } = state();
    return conversation ? { conversation } : {};
  }

  /**
   * Tell what was done with a song; it changes no opinion, and may get lost.
   * @param {string} track
   * @param {"skip" | "played"} value
   */
  function note(track, value) {
    if (state().link !== "online") return;
    send({ type: "reaction.set", track, value, source: "player", ...where(null) });
  }

  /**
   * Never hear a song, or who made it, again; or let it be heard again. As it may change
   * the list, it goes out in turn with other changes.
   * @param {string} track
   * @param {number | null} artist its place among the song's artists
   * @param {boolean} [isOn]
   */
  function never(track, artist, isOn = true) {
    /** @param {string} id @returns {ClientFrame} */
    const frame = (id) => ({ type: "never.set", id, track, artist, is_on: isOn });
    if (state().playlist) changing.change((meant) => frame(meant.id));
    else if (!send(frame(newId()))) {
      tell("edit", gettext("No connection just now, so nothing was changed."));
    }
  }

  /**
   * Like or dislike, or take that back. Returns whether it is so now.
   * @param {string} track
   * @param {"like" | "dislike"} value
   * @param {string | null} message
   * @param {Source} [source] where it was pressed, if neither in a reply nor in the list
   */
  function toggleReaction(track, value, message, source) {
    const held = state().reactions[track] ?? "none";
    const isHeld = held === value || (value === "like" && held === "more");
    react(track, isHeld ? "none" : value, message, source && { source });
    return !isHeld;
  }

  /**
   * @param {string} id
   * @param {string | null} message
   */
  function moreLike(id, message) {
    const track = knownTracks(state()).get(id);
    if (!track) return;
    if (say(`More like ${songWords(track)}`)) react(id, "more", message);
  }

  /** @param {Op[]} ops */
  const edit = (ops) => changing.change((meant) => ({ type: "playlist.edit", ...meant, ops }));
  const undo = () => changing.change((meant) => ({ type: "playlist.undo", ...meant }));
  const redo = () => changing.change((meant) => ({ type: "playlist.redo", ...meant }));

  function seeRefresh() {
    const { playlist } = state();
    if (playlist) send({ type: "refresh.seen", id: newId(), playlist: playlist.id });
  }

  /**
   * Change something of one row of the list, as it is when its turn comes.
   * @param {string} row see `rowKeys`
   * @param {(track: string, place: number, tracks: Track[]) => Op | null} make
   */
  function editRow(row, make) {
    changing.change((meant, tracks) => {
      const place = rowKeys(tracks).indexOf(row);
      const op = place < 0 ? null : make(tracks[place].id, place, tracks);
      return op && { type: "playlist.edit", ...meant, ops: [op] };
    });
  }

  /** @param {string} row */
  function remove(row) {
    editRow(row, (track, place) => ({ op: "remove", tracks: [track], places: [place] }));
  }

  /**
   * @param {string} row
   * @param {number} by places down, or up when negative
   */
  function move(row, by) {
    editRow(row, (track, place, tracks) => {
      const position = place + by;
      if (position < 0 || position >= tracks.length) return null;
      return { op: "move", track, position, place };
    });
  }

  /**
   * Put a song where another one stands.
   * @param {string} row
   * @param {string} over the other's row
   */
  function drop(row, over) {
    editRow(row, (track, place, tracks) => {
      const position = rowKeys(tracks).indexOf(over);
      return position < 0 ? null : { op: "move", track, position, place };
    });
  }

  return {
    newId,
    isMine,
    tell,
    say,
    sayAgain,
    amend,
    stop,
    takeBack,
    react,
    note,
    never,
    toggleReaction,
    moreLike,
    edit,
    undo,
    redo,
    seeRefresh,
    remove,
    move,
    drop,
    goOn: changing.goOn,
  };
}
