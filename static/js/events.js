// @ts-check
// How the events of a conversation change the page's state. Each has a number, so that
// one that comes twice counts once and a missing one is noticed.

import { choiceDone, choiceTaken, regiven } from "./given.js";
import { noticed, unnoticed } from "./notices.js";
import { refreshTold } from "./refreshing.js";
import { BUSY, UNTITLED, reactionsOf, rowsComeTo, without } from "./state.js";
import { gettext, interpolate } from "./words.js";

/** @typedef {import("./protocol.js").ServerFrame} ServerFrame */
/** @typedef {import("./protocol.js").Turn} Turn */
/** @typedef {import("./protocol.js").Track} Track */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Talk} Talk */

/**
 * @param {State} state
 * @param {Extract<ServerFrame, {seq: number, type: "message.accepted" | "message.queued" | "branch.taken_up" | "step" | "message.delta" | "tracks" | "playlist" | "constraints" | "list.copied" | "message.done"}>} frame
 * @returns {State}
 */
export function numbered(state, frame) {
  if (frame.type === "message.accepted") {
    state = listed(state, frame);
    if (state.conversation === null && isMine(state, frame)) {
      state = { ...state, conversation: frame.conversation, title: frame.title };
    }
  }
  if (frame.conversation !== state.conversation) return state;
  if (frame.seq <= state.seq) return state;
  if (frame.seq > state.seq + 1) return { ...state, hasGap: true };
  return applied({ ...state, seq: frame.seq }, frame);
}

/**
 * @param {State} state
 * @param {Extract<ServerFrame, {seq: number}>} frame
 * @returns {State}
 */
function applied(state, frame) {
  switch (frame.type) {
    case "message.accepted":
      return accepted(choiceTaken(state, frame), frame);
    case "message.queued":
      return queued(choiceTaken(state, frame), frame);
    case "branch.taken_up":
      return { ...state, isStale: true };
    case "step":
      return ofTurn(state, frame.message, (turn) => ({
        ...turn,
        steps: [
          ...turn.steps.filter((s) => s.name !== frame.name),
          { name: frame.name, status: frame.status, detail: frame.detail },
        ],
      }));
    case "message.delta":
      return ofTurn(state, frame.message, (turn) => ({
        ...turn,
        reply: turn.reply + frame.text,
      }));
    case "tracks": {
      const shown = ofTurn(state, frame.message, (turn) => ({
        ...turn,
        tracks: withTracks(turn.tracks, frame.tracks),
      }));
      const reactions = { ...state.reactions, ...reactionsOf(frame.tracks) };
      return { ...shown, reactions };
    }
    case "playlist":
      return relisted(state, frame);
    case "constraints":
      return regiven(state, frame);
    case "list.copied":
      return copied(state, frame);
    case "message.done":
      state = choiceDone(takenBack(unnoticed(state, BUSY), frame.message), frame.message);
      return ofTurn(state, frame.message, (turn) => ({
        ...turn,
        status: frame.interrupted ? "interrupted" : frame.stopped ? "stopped" : "done",
        suggestions: frame.suggestions ?? [],
      }));
    default:
      return state;
  }
}

/**
 * @param {State} state
 * @param {Extract<ServerFrame, {type: "message.accepted"}>} frame
 * @returns {State}
 */
function accepted(state, frame) {
  const held = state.turns.find((t) => t.id === frame.message);
  if (held && held.status !== "queued") return state;
  const key = held?.key ?? mineKey(state, frame);
  /** @type {Turn} */
  const turn = {
    key: key ?? frame.message,
    id: frame.message,
    text: frame.text,
    reply: "",
    status: "running",
    tracks: [],
    steps: [],
    has_earlier: Boolean(frame.replaces),
    suggestions: [],
  };
  const gone = new Set(frame.set_aside);
  const standing = state.turns.filter((t) => t.id === null || !gone.has(t.id));
  const turns = key
    ? standing.map((t) => (t.key === key ? turn : t))
    : [...standing, turn];
  return {
    ...state,
    title: state.title === UNTITLED ? frame.title : state.title,
    turns,
    waiting: without(state.waiting, key ?? frame.id),
    notices: state.notices.filter((n) => n.key !== key && n.key !== BUSY),
  };
}

/**
 * A message waits for the end of the reply that is being written.
 * @param {State} state
 * @param {Extract<ServerFrame, {type: "message.queued"}>} frame
 * @returns {State}
 */
function queued(state, frame) {
  const key = mineKey(state, frame);
  const turn = queuedOf(key ?? frame.message, { id: frame.message, text: frame.text });
  const others = state.turns.filter((t) => t.key !== key && t.id !== frame.message);
  return {
    ...state,
    turns: [...others, turn],
    waiting: without(state.waiting, key ?? frame.id),
    notices: state.notices.filter((n) => n.key !== key),
  };
}

/**
 * @param {string} key
 * @param {{id: string, text: string}} said
 * @returns {Turn}
 */
export function queuedOf(key, { id, text }) {
  return {
    key,
    id,
    text,
    reply: "",
    status: "queued",
    tracks: [],
    steps: [],
    has_earlier: false,
    suggestions: [],
  };
}

/**
 * What waited and is over without having begun was taken back.
 * @param {State} state
 * @param {string} id
 * @returns {State}
 */
function takenBack(state, id) {
  return { ...state, turns: state.turns.filter((t) => t.id !== id || t.status !== "queued") };
}

/**
 * The key of our own message that a frame accepts. After a break the stored frame
 * carries no id any more: then it is the one with the same words.
 * @param {State} state
 * @param {{id: string | number | null, text: string}} frame
 */
function mineKey(state, frame) {
  const mine = state.turns.filter((t) => state.waiting[t.key]?.kind === "send");
  const turn =
    mine.find((t) => t.key === String(frame.id ?? "")) ??
    mine.find((t) => frame.id === null && t.text === frame.text);
  return turn?.key ?? null;
}

/**
 * @param {State} state
 * @param {{id: string | number | null, text: string}} frame
 */
function isMine(state, frame) {
  const id = String(frame.id ?? "");
  return state.waiting[id]?.kind === "choice" || (id !== "" && mineKey(state, frame) === id);
}

/**
 * @param {State} state
 * @param {{conversation: string, title: string}} frame
 * @returns {State}
 */
function listed(state, frame) {
  const known = state.talks.find((t) => t.id === frame.conversation);
  const talk = known ?? { id: frame.conversation, title: frame.title, isPinned: false };
  if (known?.isPinned) return state;
  return { ...state, talks: withFirst(state.talks, talk) };
}

/**
 * A version of the list is a list of its own: it stands among the talks, and a notice
 * leads there.
 * @param {State} state
 * @param {{began: string, title: string, url: string}} frame
 * @returns {State}
 */
function copied(state, { began, title, url }) {
  const talks = withFirst(state.talks, { id: began, title, isPinned: false });
  const words = interpolate(gettext("“%(title)s” is a list of its own now."), { title });
  return noticed({ ...state, talks }, `copy-${began}`, words, false, { url });
}

/**
 * A talk before all others of its kind: pinned ones stand above.
 * @param {Talk[]} talks
 * @param {Talk} first
 * @returns {Talk[]}
 */
export function withFirst(talks, first) {
  const others = talks.filter((t) => t.id !== first.id);
  const above = first.isPinned ? [] : others.filter((t) => t.isPinned);
  const below = first.isPinned ? others : others.filter((t) => !t.isPinned);
  return [...above, first, ...below];
}

/**
 * @param {State} state
 * @param {Extract<ServerFrame, {type: "playlist"}>} frame
 * @returns {State}
 */
function relisted(state, { id, playlist, change }) {
  const before = state.playlist?.tracks ?? [];
  const tracks = [...before, ...playlist.tracks];
  return refreshTold({
    ...state,
    playlist,
    change: {
      change,
      version: playlist.version,
      titles: Object.fromEntries(tracks.map((t) => [t.id, t.title])),
      fresh: rowsComeTo(change.added, before, playlist.tracks),
      moved: rowsComeTo(change.moved, before, playlist.tracks),
    },
    shownBy: String(id ?? ""),
    reactions: { ...state.reactions, ...reactionsOf(playlist.tracks) },
    waiting: without(state.waiting, id),
  });
}

/**
 * Change the running turn of that id; one that has ended takes no more words.
 * @param {State} state
 * @param {string} id
 * @param {(turn: Turn) => Turn} change
 * @returns {State}
 */
function ofTurn(state, id, change) {
  const turns = state.turns.map((turn) =>
    turn.id === id && turn.status === "running" ? change(turn) : turn,
  );
  return { ...state, turns };
}

/**
 * @param {Track[]} before
 * @param {Track[]} added
 */
function withTracks(before, added) {
  const known = new Set(before.map((t) => t.id));
  return [...before, ...added.filter((t) => !known.has(t.id))];
}

/**
 * @param {Turn[]} turns
 * @param {string} key
 * @param {Turn["status"]} status
 */
export function withStatus(turns, key, status) {
  return turns.map((t) => (t.key === key ? { ...t, status } : t));
}
