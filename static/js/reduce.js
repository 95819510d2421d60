// @ts-check
// How each frame of the server and each deed of the listener changes the page's state.
// Pure: no page, no clock, no chance, so that node can test it.

import { BUSY, UNTITLED } from "./state.js";

/** @typedef {import("./protocol.js").ServerFrame} ServerFrame */
/** @typedef {import("./protocol.js").Turn} Turn */
/** @typedef {import("./protocol.js").Track} Track */
/** @typedef {import("./protocol.js").Reaction} Reaction */
/** @typedef {import("./protocol.js").Snapshot} Snapshot */
/** @typedef {import("./state.js").Link} Link */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Waiting} Waiting */

/**
 * @typedef {(
 *   | {type: "local.link", link: "connecting" | "open" | "lost" | "refused"}
 *   | {type: "local.opened", snapshot: Snapshot | null}
 *   | {type: "local.talks", talks: {id: string, title: string}[]}
 *   | {type: "local.renamed", conversation: string, title: string}
 *   | {type: "local.deleting", conversation: string | null}
 *   | {type: "local.sent", key: string, text: string, isOut: boolean}
 *   | {type: "local.dropped", key: string}
 *   | {type: "local.reacted", id: string, track: string, value: Reaction, isOut: boolean}
 *   | {type: "local.edited", id: string}
 *   | {type: "local.change-seen"}
 *   | {type: "local.notice", key: string, words: string, isError: boolean}
 *   | {type: "local.notice-closed", key: string}
 * )} LocalAction
 */

/**
 * @param {State} state
 * @param {ServerFrame | LocalAction} action
 * @returns {State}
 */
export function reduce(state, action) {
  switch (action.type) {
    case "hello":
      return greeted(state);
    case "local.link":
      return linked(state, action.link);
    case "local.opened":
      return opened(state, action.snapshot);
    case "local.talks":
      return { ...state, talks: action.talks };
    case "local.renamed":
    case "conversation.renamed":
      return renamed(state, action.conversation, action.title);
    case "local.deleting":
      return { ...state, deleting: action.conversation };
    case "conversation.deleted":
      return deleted(state, action.conversation);
    case "local.sent":
      return sent(state, action);
    case "local.dropped":
      return unnoticed(
        { ...state, turns: state.turns.filter((t) => t.key !== action.key) },
        action.key,
      );
    case "local.reacted":
      return reacted(state, action);
    case "local.edited":
      return { ...state, waiting: { ...state.waiting, [action.id]: { kind: "edit" } } };
    case "local.change-seen":
      return { ...state, change: null };
    case "local.notice":
      return noticed(state, action.key, action.words, action.isError);
    case "local.notice-closed":
      return unnoticed(state, action.key);
    case "reaction":
      return {
        ...state,
        reactions: { ...state.reactions, [action.track]: action.value },
        waiting: without(state.waiting, action.id),
      };
    case "error":
      return failed(state, action);
    case "conversation.resumed":
      return resumed(state, action);
    case "message.accepted":
    case "step":
    case "message.delta":
    case "tracks":
    case "playlist":
    case "message.done":
      return numbered(state, action);
    default:
      return state;
  }
}

/**
 * A first message that was on its way when the line broke has no conversation to
 * resume, so it is offered again at once.
 * @param {State} state
 * @returns {State}
 */
function greeted(state) {
  const online = { ...state, link: /** @type {Link} */ ("online") };
  return state.conversation === null ? unsentAgain(online) : online;
}

/**
 * Messages that were adrift and didn't come back never arrived. One that was sent
 * since, while the resume was on its way, isn't meant.
 * @param {State} state
 * @returns {State}
 */
function unsentAgain(state) {
  /** @type {Record<string, Waiting>} */
  const waiting = {};
  let { turns } = state;
  for (const [id, one] of Object.entries(state.waiting)) {
    if (one.kind === "send" && one.isAdrift) turns = withStatus(turns, one.key, "unsent");
    else waiting[id] = one;
  }
  return { ...state, turns, waiting };
}

/**
 * @param {State} state
 * @param {"connecting" | "open" | "lost" | "refused"} link
 * @returns {State}
 */
function linked(state, link) {
  // "open" is not yet "online": that takes the server's hello.
  if (link === "open") return { ...state, link: "connecting" };
  if (link !== "lost") return { ...state, link };
  // Reactions on their way may be lost with the line: show what the server had.
  const reactions = { ...state.reactions };
  /** @type {Record<string, Waiting>} */
  const waiting = {};
  for (const [id, one] of Object.entries(state.waiting)) {
    if (one.kind === "react") reactions[one.track] = one.before;
    if (one.kind === "send") waiting[id] = { ...one, isAdrift: true };
  }
  return { ...state, link, reactions, waiting };
}

/**
 * @param {State} state
 * @param {Snapshot | null} snapshot
 * @returns {State}
 */
function opened(state, snapshot) {
  const clean = {
    ...state,
    conversation: null,
    title: UNTITLED,
    seq: 0,
    hasGap: false,
    turns: [],
    playlist: null,
    change: null,
    waiting: {},
    notices: [],
  };
  if (!snapshot) return clean;
  const shown = [
    ...snapshot.messages.flatMap((m) => m.tracks),
    ...(snapshot.playlist?.tracks ?? []),
  ];
  return {
    ...clean,
    conversation: snapshot.conversation,
    title: snapshot.title,
    seq: snapshot.seq,
    turns: snapshot.messages.map((m) => ({ ...m, key: m.id })),
    playlist: snapshot.playlist,
    reactions: { ...state.reactions, ...reactionsOf(shown) },
  };
}

/**
 * @param {State} state
 * @param {string} conversation
 * @param {string} title
 * @returns {State}
 */
function renamed(state, conversation, title) {
  return {
    ...state,
    title: state.conversation === conversation ? title : state.title,
    talks: state.talks.map((t) => (t.id === conversation ? { ...t, title } : t)),
  };
}

/**
 * A conversation is gone, with the reply that was being written in it. Where it is open
 * without having been deleted here, the listener is told why the page is empty now.
 * @param {State} state
 * @param {string} conversation
 * @returns {State}
 */
function deleted(state, conversation) {
  const talks = state.talks.filter((t) => t.id !== conversation);
  if (state.conversation !== conversation) return { ...state, talks };
  const empty = opened({ ...state, talks }, null);
  if (state.deleting === conversation) return empty;
  const words = `“${state.title}” was deleted. Whatever you say next begins a new conversation.`;
  return noticed(empty, "deleted", words, false);
}

/**
 * @param {State} state
 * @param {{key: string, text: string, isOut: boolean}} action
 * @returns {State}
 */
function sent(state, { key, text, isOut }) {
  /** @type {Turn} */
  const turn = {
    key,
    id: null,
    text,
    reply: "",
    status: isOut ? "sending" : "unsent",
    tracks: [],
    steps: [],
  };
  const others = state.turns.filter((t) => t.key !== key);
  const waiting = isOut
    ? { ...state.waiting, [key]: /** @type {Waiting} */ ({ kind: "send", key, isAdrift: false }) }
    : without(state.waiting, key);
  return { ...state, turns: [...others, turn], waiting };
}

/**
 * @param {State} state
 * @param {{id: string, track: string, value: Reaction, isOut: boolean}} action
 * @returns {State}
 */
function reacted(state, { id, track, value, isOut }) {
  if (!isOut) {
    return noticed(state, id, "You are offline, so this was not noted.", true);
  }
  const before = state.reactions[track] ?? "none";
  return {
    ...state,
    reactions: { ...state.reactions, [track]: value },
    waiting: { ...state.waiting, [id]: { kind: "react", track, before } },
  };
}

/**
 * @param {State} state
 * @param {{id?: string | number | null, code: string, detail: string}} frame
 * @returns {State}
 */
function failed(state, frame) {
  const id = String(frame.id ?? "");
  const asked = state.waiting[id];
  const told = noticed(
    { ...state, waiting: without(state.waiting, id) },
    frame.code === "busy" ? BUSY : id || `error-${frame.code}`,
    frame.detail,
    true,
  );
  if (asked?.kind === "react") {
    const reactions = { ...state.reactions, [asked.track]: asked.before };
    return { ...told, reactions };
  }
  if (asked?.kind === "send") {
    return { ...told, turns: withStatus(state.turns, asked.key, "unsent") };
  }
  return told;
}

/**
 * All that the server has stored is here.
 * @param {State} state
 * @param {{conversation: string, upto: number}} frame
 * @returns {State}
 */
function resumed(state, frame) {
  if (frame.conversation !== state.conversation) return state;
  return unsentAgain({ ...state, hasGap: false });
}

/**
 * @param {State} state
 * @param {Extract<ServerFrame, {seq: number, type: "message.accepted" | "step" | "message.delta" | "tracks" | "playlist" | "message.done"}>} frame
 * @returns {State}
 */
function numbered(state, frame) {
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
      return accepted(state, frame);
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
    case "message.done":
      return ofTurn(unnoticed(state, BUSY), frame.message, (turn) => ({
        ...turn,
        status: frame.stopped ? "stopped" : "done",
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
  if (state.turns.some((t) => t.id === frame.message)) return state;
  const key = mineKey(state, frame);
  /** @type {Turn} */
  const turn = {
    key: key ?? frame.message,
    id: frame.message,
    text: frame.text,
    reply: "",
    status: "running",
    tracks: [],
    steps: [],
  };
  const turns = key
    ? state.turns.map((t) => (t.key === key ? turn : t))
    : [...state.turns, turn];
  return {
    ...state,
    title: state.title === UNTITLED ? frame.title : state.title,
    turns,
    waiting: key ? without(state.waiting, key) : state.waiting,
    notices: state.notices.filter((n) => n.key !== key && n.key !== BUSY),
  };
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
  const key = mineKey(state, frame);
  return key !== null && key === String(frame.id ?? "");
}

/**
 * @param {State} state
 * @param {{conversation: string, title: string}} frame
 * @returns {State}
 */
function listed(state, frame) {
  const known = state.talks.find((t) => t.id === frame.conversation);
  const talk = known ?? { id: frame.conversation, title: frame.title };
  const others = state.talks.filter((t) => t.id !== frame.conversation);
  return { ...state, talks: [talk, ...others] };
}

/**
 * @param {State} state
 * @param {Extract<ServerFrame, {type: "playlist"}>} frame
 * @returns {State}
 */
function relisted(state, { playlist, change }) {
  const tracks = [...(state.playlist?.tracks ?? []), ...playlist.tracks];
  return {
    ...state,
    playlist,
    change: {
      change,
      version: playlist.version,
      titles: Object.fromEntries(tracks.map((t) => [t.id, t.title])),
    },
    reactions: { ...state.reactions, ...reactionsOf(playlist.tracks) },
    waiting: Object.fromEntries(
      Object.entries(state.waiting).filter(([, w]) => w.kind !== "edit"),
    ),
  };
}

/**
 * @param {State} state
 * @param {string} key
 * @param {string} words
 * @param {boolean} isError
 * @returns {State}
 */
function noticed(state, key, words, isError) {
  const others = state.notices.filter((n) => n.key !== key && n.words !== words);
  return { ...state, notices: [...others, { key, words, isError }].slice(-3) };
}

/**
 * @param {State} state
 * @param {string} key
 * @returns {State}
 */
function unnoticed(state, key) {
  return { ...state, notices: state.notices.filter((n) => n.key !== key) };
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
function withStatus(turns, key, status) {
  return turns.map((t) => (t.key === key ? { ...t, status } : t));
}

/**
 * @template T
 * @param {Record<string, T>} record
 * @param {string | number | null | undefined} key
 * @returns {Record<string, T>}
 */
function without(record, key) {
  const { [String(key ?? "")]: _gone, ...rest } = record;
  return rest;
}

/**
 * @param {Track[]} tracks
 * @returns {Record<string, Reaction>}
 */
function reactionsOf(tracks) {
  return Object.fromEntries(tracks.map((t) => [t.id, t.reaction]));
}
