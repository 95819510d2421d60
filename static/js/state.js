// @ts-check
// The page's whole state as a value, and what can be read off it.

import { gettext, interpolate, ngettext } from "./words.js";

/** @typedef {import("./protocol.js").Turn} Turn */
/** @typedef {import("./protocol.js").Track} Track */
/** @typedef {import("./protocol.js").Playlist} Playlist */
/** @typedef {import("./protocol.js").Change} Change */
/** @typedef {import("./protocol.js").Reaction} Reaction */

/** @typedef {import("./protocol.js").Constraint} Constraint */
/** @typedef {import("./protocol.js").Mood} Mood */

/** @typedef {"connecting" | "online" | "lost" | "refused"} Link */

/**
 * Something that the listener is told, until they close it.
 * @typedef {object} Notice
 * @property {string} key
 * @property {string} words
 * @property {boolean} isError
 * @property {string} [url] where it leads
 * @property {number} [progress] 0 to 1, of what goes on
 * @property {{track: string, artist: number | null}} [lift] what was ruled out, by the track
 *   and the artist's place there
 * @property {string[]} [again] songs that are in the list, to be put in once more
 */

/**
 * What a request waits for. `before` is put back when it fails; a message is adrift when
 * the line broke before its answer.
 * @typedef {(
 *   | {kind: "send", key: string, isAdrift: boolean}
 *   | {kind: "amend"}
 *   | {kind: "react", track: string, before: Reaction}
 *   | {kind: "edit", adds: string[]}
 *   | {kind: "choice", chip: string}
 * )} Waiting
 */

/**
 * @typedef {object} Talk
 * @property {string} id
 * @property {string} title
 * @property {boolean} isPinned
 * @property {string} [excerpt] where it holds what was searched for
 */

/** @typedef {import("./protocol.js").Refused} Refused */

/**
 * @typedef {object} State
 * @property {Link} link
 * @property {string | null} conversation
 * @property {string} title
 * @property {number} seq the newest number seen in the open conversation
 * @property {boolean} hasGap a number is missing: the page must resume
 * @property {boolean} isStale other messages stand: the page must be read anew
 * @property {Turn[]} turns
 * @property {number} first the place of the first turn that is drawn
 * @property {Playlist | null} playlist
 * @property {Constraint[]} constraints what is taken as given
 * @property {Mood} mood the same in the plane of moods
 * @property {string} given what has changed of it, in words to be read out once
 * @property {Record<string, string>} settling chips being set, by message; "" for a mood
 * @property {{change: Change, version: number, titles: Record<string, string>, fresh: Set<string>, moved: Set<string>} | null} change
 * @property {Record<string, Reaction>} reactions by track; they outlive conversations
 * @property {Refused} refused what is never to be heard again
 * @property {Record<string, Waiting>} waiting by the request's id
 * @property {Notice[]} notices
 * @property {Talk[]} talks conversations, pinned ones first, then newest first
 * @property {Talk[] | null} found those that hold what is searched for
 * @property {string | null} deleting the conversation that this tab asked to delete
 * @property {string} shownBy the request that has led to the list as it is; "" for others'
 */

/** @type {Mood} */
export const NO_MOOD = { valence: null, energy: null, path: [] };

export const UNTITLED = gettext("New conversation");

/** The key of the notice that a reply is still being written; it goes with the reply. */
export const BUSY = "busy";

/**
 * @param {Refused} [refused] what the page was made with
 * @returns {State}
 */
export function emptyState(refused = { tracks: [], artists: [], guests: [] }) {
  return {
    link: "connecting",
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
    reactions: {},
    refused,
    waiting: {},
    notices: [],
    talks: [],
    found: null,
    deleting: null,
    shownBy: "",
  };
}

/**
 * The place of the first turn that is drawn: the last one's where that one is gone.
 * @param {State} state
 */
export function firstDrawn({ turns, first }) {
  return Math.min(first, Math.max(0, turns.length - 1));
}

/** @param {State} state */
export function runningTurn(state) {
  return state.turns.find((t) => t.status === "running" || t.status === "sending");
}

/**
 * What isn't answered to its end yet: a reply being written, and what waits for that.
 * @param {State} state
 */
export function openTurns(state) {
  return state.turns.filter((t) => ["running", "sending", "queued"].includes(t.status));
}

/**
 * What waits for the end of the reply that is being written.
 * @param {State} state
 */
export function queuedTurn(state) {
  return state.turns.find((t) => t.status === "queued");
}

/**
 * Every track that the page shows, by id; the playlist's copy first.
 * @param {State} state
 * @returns {Map<string, Track>}
 */
export function knownTracks(state) {
  const all = [...state.turns.flatMap((t) => t.tracks), ...(state.playlist?.tracks ?? [])];
  return new Map(all.map((track) => [track.id, track]));
}

/**
 * Names for the rows of a list, each its own: a song's id, and where the same song stands
 * again "id 2", "id 3".
 * @param {Track[]} tracks
 */
export function rowKeys(tracks) {
  /** @type {Map<string, number>} */
  const stood = new Map();
  return tracks.map(({ id }) => {
    const nth = (stood.get(id) ?? 0) + 1;
    stood.set(id, nth);
    return nth === 1 ? id : `${id} ${nth}`;
  });
}

/**
 * The keys of the rows that songs have come to by a change. Of a song that stands in other
 * places too, those between what both lists begin and end with alike.
 * @param {string[]} ids each as often as it has come
 * @param {Track[]} before
 * @param {Track[]} after
 * @returns {Set<string>}
 */
export function rowsComeTo(ids, before, after) {
  const keys = rowKeys(after);
  const [start, end] = changedSpan(before, after);
  /** @type {Map<string, number>} */
  const left = new Map();
  for (const id of ids) left.set(id, (left.get(id) ?? 0) + 1);
  const places = after.map((_track, index) => index);
  const inside = places.filter((index) => index >= start && index < end);
  const outside = places.filter((index) => index < start || index >= end);
  const found = new Set();
  for (const index of [...inside, ...outside.reverse()]) {
    const count = left.get(after[index].id) ?? 0;
    if (count > 0) found.add(keys[index]);
    left.set(after[index].id, count - 1);
  }
  return found;
}

/**
 * Where the later of two lists differs: from its first place on that is not alike, to before
 * what both end with.
 * @param {Track[]} before
 * @param {Track[]} after
 */
function changedSpan(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start].id === after[start].id) start += 1;
  let alike = 0;
  while (alike < most - start && before.at(-1 - alike)?.id === after.at(-1 - alike)?.id) alike += 1;
  return [start, after.length - alike];
}

/** @param {State} state */
export function isUndoable(state) {
  return state.link === "online" && Boolean(state.playlist?.can_undo);
}

/** @param {State} state */
export function isRedoable(state) {
  return state.link === "online" && Boolean(state.playlist?.can_redo);
}

/**
 * Say in words what an edit did: "2 added, 1 removed".
 * @param {Change} change
 * @param {Record<string, string>} titles
 */
export function changeWords(change, titles) {
  const parts = [
    addedWords(change.added.length, onlyTitle(change.added, titles)),
    removedWords(change.removed.length, onlyTitle(change.removed, titles)),
    movedWords(change.moved.length, onlyTitle(change.moved, titles)),
  ].filter(Boolean);
  if (parts.length > 0) return parts.join(gettext(", "));
  return gettext("Playlist changed");
}

/**
 * The title of a song that stands alone; "" for none and for several.
 * @param {string[]} ids
 * @param {Record<string, string>} titles
 */
function onlyTitle(ids, titles) {
  return ids.length === 1 ? (titles[ids[0]] ?? "") : "";
}

// Whole sentences for each deed: in other languages the verb goes with the number.

/**
 * @param {number} count
 * @param {string} title
 */
function addedWords(count, title) {
  if (count === 0) return "";
  const words = title
    ? gettext("“%(title)s” added")
    : ngettext("%(count)s added", "%(count)s added", count);
  return interpolate(words, { title, count });
}

/**
 * @param {number} count
 * @param {string} title
 */
function removedWords(count, title) {
  if (count === 0) return "";
  const words = title
    ? gettext("“%(title)s” removed")
    : ngettext("%(count)s removed", "%(count)s removed", count);
  return interpolate(words, { title, count });
}

/**
 * @param {number} count
 * @param {string} title
 */
function movedWords(count, title) {
  if (count === 0) return "";
  const words = title
    ? gettext("“%(title)s” moved")
    : ngettext("%(count)s moved", "%(count)s moved", count);
  return interpolate(words, { title, count });
}

/**
 * @template T
 * @param {Record<string, T>} record
 * @param {string | number | null | undefined} key
 * @returns {Record<string, T>}
 */
export function without(record, key) {
  const { [String(key ?? "")]: _gone, ...rest } = record;
  return rest;
}

/**
 * @param {Track[]} tracks
 * @returns {Record<string, Reaction>}
 */
export function reactionsOf(tracks) {
  return Object.fromEntries(tracks.map((t) => [t.id, t.reaction]));
}
