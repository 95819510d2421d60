// @ts-check
// How each frame of the server and each deed of the listener changes the page's state.
// Pure: no page, no clock, no chance, so that node can test it.

import { numbered, queuedOf, withFirst, withStatus } from "./events.js";
import { worked } from "./jobs.js";
import { errorWords, noticed, noticedThere, unnoticed } from "./notices.js";
import { refreshTold } from "./refreshing.js";
import { refusedSince } from "./refusing.js";
import { BUSY, NO_MOOD, UNTITLED, firstDrawn, reactionsOf, without } from "./state.js";
import { gettext, interpolate } from "./words.js";

/** @typedef {import("./protocol.js").ServerFrame} ServerFrame */
/** @typedef {import("./protocol.js").Turn} Turn */
/** @typedef {import("./protocol.js").Reaction} Reaction */
/** @typedef {import("./protocol.js").Snapshot} Snapshot */
/** @typedef {import("./state.js").Link} Link */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Talk} Talk */
/** @typedef {import("./state.js").Waiting} Waiting */

/**
 * @typedef {(
 *   | {type: "local.link", link: "connecting" | "open" | "lost" | "refused"}
 *   | {type: "local.opened", snapshot: Snapshot | null}
 *   | {type: "local.talks", talks: Talk[]}
 *   | {type: "local.found", found: Talk[] | null}
 *   | {type: "local.pinned", conversation: string, isPinned: boolean}
 *   | {type: "local.renamed", conversation: string, title: string}
 *   | {type: "local.deleting", conversation: string | null}
 *   | {type: "local.sent", key: string, text: string, isOut: boolean}
 *   | {type: "local.amended", id: string}
 *   | {type: "local.dropped", key: string}
 *   | {type: "local.reacted", id: string, track: string, value: Reaction, isOut: boolean}
 *   | {type: "local.edited", id: string, adds?: string[]}
 *   | {type: "local.unsent", id: string}
 *   | {type: "local.chosen", id: string, chip: string}
 *   | {type: "local.change-seen"}
 *   | {type: "local.earlier"}
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
      return greeted(action.never ? { ...state, refused: action.never } : state);
    case "local.link":
      return linked(state, action.link);
    case "local.opened":
      return opened(state, action.snapshot);
    case "local.talks":
      return { ...state, talks: action.talks };
    case "local.found":
      return { ...state, found: action.found };
    case "local.pinned":
      return pinned(state, action.conversation, action.isPinned);
    case "conversation.pinned":
      return pinned(state, action.conversation, action.is_pinned);
    case "local.renamed":
    case "conversation.renamed":
      return renamed(state, action.conversation, action.title);
    case "local.deleting":
      return { ...state, deleting: action.conversation };
    case "conversation.deleted":
      return deleted(state, action.conversation);
    case "local.sent":
      return sent(state, action);
    case "local.amended":
      return { ...state, waiting: { ...state.waiting, [action.id]: { kind: "amend" } } };
    case "local.dropped":
      return unnoticed(
        { ...state, turns: state.turns.filter((t) => t.key !== action.key) },
        action.key,
      );
    case "local.reacted":
      return reacted(state, action);
    case "local.edited":
      return {
        ...state,
        waiting: { ...state.waiting, [action.id]: { kind: "edit", adds: action.adds ?? [] } },
      };
    case "local.unsent":
      return { ...state, waiting: without(state.waiting, action.id) };
    case "local.chosen":
      return {
        ...state,
        waiting: { ...state.waiting, [action.id]: { kind: "choice", chip: action.chip } },
      };
    case "local.earlier":
      return { ...state, first: Math.max(0, firstDrawn(state) - 1) };
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
    case "never":
      return ruledOut(state, action);
    case "playlist.state":
      return seenAgain(state, action);
    case "error":
      return failed(state, action);
    case "job":
      return worked(state, action);
    case "conversation.resumed":
      return resumed(state, action);
    case "message.accepted":
    case "message.queued":
    case "branch.taken_up":
    case "step":
    case "message.delta":
    case "tracks":
    case "playlist":
    case "constraints":
    case "list.copied":
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
  // Reactions on their way may be lost with the line: show what the server had. The
  // words of an edit still stand in their box, to be sent again.
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
    isStale: false,
    turns: [],
    first: 0,
    playlist: null,
    constraints: [],
    mood: NO_MOOD,
    given: "",
    settling: {},
    change: null,
    waiting: {},
    notices: [],
  };
  if (!snapshot) return clean;
  const shown = [
    ...snapshot.messages.flatMap((m) => m.tracks),
    ...(snapshot.playlist?.tracks ?? []),
  ];
  return refreshTold({
    ...clean,
    conversation: snapshot.conversation,
    title: snapshot.title,
    seq: snapshot.seq,
    turns: [
      ...snapshot.messages.map((m) => ({ ...m, key: m.id })),
      ...(snapshot.waiting ? [queuedOf(snapshot.waiting.id, snapshot.waiting)] : []),
    ],
    first: snapshot.first ?? 0,
    playlist: snapshot.playlist,
    constraints: snapshot.constraints ?? [],
    mood: snapshot.mood ?? NO_MOOD,
    reactions: { ...state.reactions, ...reactionsOf(shown) },
  });
}

/**
 * @param {State} state
 * @param {string} conversation
 * @param {string} title
 * @returns {State}
 */
function renamed(state, conversation, title) {
  const changed = changedTalk(state, conversation, { title });
  return { ...changed, title: state.conversation === conversation ? title : state.title };
}

/**
 * A talk goes above all others, or before those that aren't pinned.
 * @param {State} state
 * @param {string} conversation
 * @param {boolean} isPinned
 * @returns {State}
 */
function pinned(state, conversation, isPinned) {
  const changed = changedTalk(state, conversation, { isPinned });
  const talk = changed.talks.find((t) => t.id === conversation);
  return talk ? { ...changed, talks: withFirst(changed.talks, talk) } : changed;
}

/**
 * @param {State} state
 * @param {string} conversation
 * @param {Partial<Talk>} change
 * @returns {State}
 */
function changedTalk(state, conversation, change) {
  /** @param {Talk[]} talks */
  const changed = (talks) => talks.map((t) => (t.id === conversation ? { ...t, ...change } : t));
  return { ...state, talks: changed(state.talks), found: state.found && changed(state.found) };
}

/**
 * A conversation is gone, with the reply that was being written in it. Where it is open
 * without having been deleted here, the listener is told why the page is empty now.
 * @param {State} state
 * @param {string} conversation
 * @returns {State}
 */
function deleted(state, conversation) {
  /** @param {Talk[]} talks */
  const others = (talks) => talks.filter((t) => t.id !== conversation);
  const left = { ...state, talks: others(state.talks), found: state.found && others(state.found) };
  if (state.conversation !== conversation) return left;
  const empty = opened(left, null);
  if (state.deleting === conversation) return empty;
  const words = interpolate(
    gettext("“%(title)s” was deleted. Whatever you say next begins a new conversation."),
    { title: state.title },
  );
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
    has_earlier: false,
    suggestions: [],
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
    return noticed(state, id, gettext("You are offline, so this was not noted."), true);
  }
  const before = state.reactions[track] ?? "none";
  return {
    ...state,
    reactions: { ...state.reactions, [track]: value },
    waiting: { ...state.waiting, [id]: { kind: "react", track, before } },
  };
}

/**
 * Something is never to be heard again, or may be; told at the box where it was pressed.
 * @param {State} state
 * @param {Extract<ServerFrame, {type: "never"}>} frame
 * @returns {State}
 */
function ruledOut(state, frame) {
  const { id, track, artist = null, name, is_on } = frame;
  const refused = refusedSince(state.refused, frame);
  const done = { ...state, refused, waiting: without(state.waiting, id) };
  const key = `never-${track}-${artist}`;
  if (!is_on) return unnoticed(done, key);
  if (id === null || id === undefined || track === null) return done; // said elsewhere
  const words = interpolate(gettext("Never again: %(name)s"), { name });
  return noticed(done, key, words, false, { lift: { track, artist } });
}

/**
 * The open list as it is, for whoever meant another version of it, or as it is to be
 * refreshed from now on.
 * @param {State} state
 * @param {Extract<ServerFrame, {type: "playlist.state"}>} frame
 * @returns {State}
 */
function seenAgain(state, { id, playlist }) {
  if (playlist.id !== state.playlist?.id) return state;
  return refreshTold({
    ...state,
    playlist,
    shownBy: "",
    reactions: { ...state.reactions, ...reactionsOf(playlist.tracks) },
    waiting: without(state.waiting, id),
  });
}

/**
 * @param {State} state
 * @param {{id?: string | number | null, code: string, detail: string}} frame
 * @returns {State}
 */
function failed(state, frame) {
  const id = String(frame.id ?? "");
  const asked = state.waiting[id];
  if (asked?.kind === "edit" && frame.code === "already_there") {
    const answered = { ...state, waiting: without(state.waiting, id) };
    return noticedThere(answered, id, asked.adds, frame.detail);
  }
  const isLate = asked?.kind === "choice" && frame.code === "stale";
  const told = noticed(
    { ...state, waiting: without(state.waiting, id) },
    frame.code === "busy" ? BUSY : id || `error-${frame.code}`,
    errorWords(isLate ? "choice_stale" : frame.code, frame.detail),
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
  return unsentAgain({ ...state, hasGap: false, waiting: withoutEdits(state.waiting) });
}

/**
 * What was changed by hand has been told by now, under no name.
 * @param {Record<string, Waiting>} waiting
 */
function withoutEdits(waiting) {
  return Object.fromEntries(Object.entries(waiting).filter(([, w]) => w.kind !== "edit"));
}
