// @ts-check
// The messages and their replies, streaming ones included.

import { isRefused } from "../refusing.js";
import { firstDrawn } from "../state.js";
import { gettext, interpolate } from "../words.js";
import { byId, fromTemplate, isDrawn, keyed, setAttribute, setIcon, setText, slot } from "./dom.js";
import { showMarkdown } from "./markdown.js";
import { button, byline, makeSong, showLinks, updateSong } from "./song.js";

/** @typedef {import("../protocol.js").Turn} Turn */
/** @typedef {import("../protocol.js").Track} Track */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../player.js").Playing} Playing */

const ENDS = {
  stopped: [gettext("Stopped."), gettext("Say it again")],
  failed: [gettext("This reply broke off."), gettext("Say it again")],
  interrupted: [gettext("This reply broke off."), gettext("Say it again")],
  unsent: [gettext("Not sent."), gettext("Try again")],
  queued: [gettext("Waits until this reply is over."), gettext("Take it back")],
};

/**
 * @param {State} state
 * @param {Playing} playing
 */
export function renderTranscript(state, playing) {
  byId("welcome").hidden = state.turns.length > 0;
  const listed = new Set(state.playlist?.tracks.map((t) => t.id));
  const first = firstDrawn(state);
  byId("earlier").hidden = first === 0;
  keyed(byId("turns"), state.turns.slice(first), {
    key: (turn) => turn.key,
    make: makeTurn,
    update: (element, turn) => updateTurn(element, turn, state, playing, listed),
  });
}

/**
 * @param {Turn} turn
 * @param {HTMLElement} [drawn]
 */
function makeTurn(turn, drawn) {
  const element = drawn ?? fromTemplate("turn-template");
  setText(slot(element, "text"), turn.text);
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {Turn} turn
 * @param {State} state
 * @param {Playing} playing
 * @param {Set<string>} listed
 */
function updateTurn(element, turn, state, playing, listed) {
  const { conversation, playlist, reactions, refused } = state;
  const isLast = state.turns.at(-1) === turn;
  const heard = [playing.track?.id, playing.isOn];
  const held = [conversation, playlist, reactions, refused];
  if (isDrawn(element, turn, isLast, ...held, ...heard)) return;
  setAttribute(element, "data-message", turn.id);
  setAttribute(element, "data-status", turn.status);
  const isRunning = turn.status === "running" || turn.status === "sending";
  const box = slot(element, "reply-box");
  setAttribute(box, "aria-busy", isRunning ? "true" : null);
  button(element, "amend").hidden = isRunning || turn.id === null || turn.status === "queued";
  showEarlier(slot(element, "earlier"), turn, conversation);
  showMarkdown(slot(element, "reply"), turn.reply);
  showStep(slot(element, "step"), turn, isRunning);
  showEnd(element, turn);
  slot(element, "tools").hidden = isRunning || turn.reply === "";
  showSuggestions(slot(element, "suggestions"), isLast ? turn.suggestions : []);

  const songs = slot(element, "songs");
  songs.hidden = turn.tracks.length === 0;
  keyed(songs, turn.tracks, {
    key: (track) => track.id,
    make: makeCard,
    update: (card, track) => {
      const reaction = reactions[track.id] ?? track.reaction;
      const isOut = isRefused(refused, track);
      updateSong(card, track, { reaction, playing, isRefused: isOut });
      card.classList.toggle("is-refused", isOut);
      slot(card, "refused").hidden = !isOut;
      updateAdd(card, track, listed.has(track.id), playlist !== null && !isOut);
    },
  });
}

/**
 * @param {HTMLElement} element
 * @param {Turn} turn
 * @param {boolean} isRunning
 */
function showStep(element, turn, isRunning) {
  element.hidden = !isRunning;
  if (!isRunning) return;
  const step = turn.steps.findLast((s) => s.status === "started") ?? turn.steps.at(-1);
  const words = step?.detail || step?.name || gettext("listening");
  setText(element, words.charAt(0).toUpperCase() + words.slice(1));
}

/**
 * @param {HTMLElement} list
 * @param {string[]} suggestions
 */
function showSuggestions(list, suggestions) {
  list.hidden = suggestions.length === 0;
  keyed(list, suggestions, {
    key: (words) => words,
    make: (words) => {
      const item = document.createElement("li");
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "chip";
      chip.dataset.act = "prompt";
      chip.dir = "auto"; // English in any language of the page
      chip.textContent = words;
      item.append(chip);
      return item;
    },
    update: () => {},
  });
}

/**
 * Where a message was edited, what it said before can be read.
 * @param {HTMLElement} element
 * @param {Turn} turn
 * @param {string | null} conversation
 */
function showEarlier(element, turn, conversation) {
  element.hidden = !turn.has_earlier;
  if (!turn.has_earlier) return;
  const { earlierUrl = "", nowhere = "" } = byId("app").dataset;
  const url = earlierUrl.replace(nowhere, conversation ?? "");
  setAttribute(element, "href", `${url}#${turn.id}`);
}

/**
 * @param {HTMLElement} element
 * @param {Turn} turn
 */
function showEnd(element, turn) {
  const end = slot(element, "end");
  const words = ENDS[/** @type {keyof typeof ENDS} */ (turn.status)];
  end.hidden = !words;
  if (!words) return;
  setText(slot(element, "end-words"), words[0]);
  const label = button(element, "retry").lastChild;
  if (label) label.textContent = ` ${words[1]}`;
}

/**
 * @param {Track} track
 * @param {HTMLElement} [drawn]
 */
function makeCard(track, drawn) {
  const card = makeSong("song-template", track, drawn);
  setText(slot(card, "by"), byline(track, { withYear: true }));
  setText(slot(card, "reason"), proofLine(track));
  showLinks(card, track);
  if (drawn) return card;
  card.classList.add("is-fresh");
  slot(card, "why-title").textContent = ` ${track.title}`;
  showFacts(card, track.proof?.facts ?? []);
  return card;
}

/**
 * All that speaks for a song, and what it lacks.
 * @param {HTMLElement} card
 * @param {import("../protocol.js").Proof["facts"]} facts
 */
function showFacts(card, facts) {
  slot(card, "why").hidden = facts.length === 0;
  const items = facts.map(({ text, keeps }) => {
    const item = document.createElement("li");
    item.textContent = text;
    item.dir = "auto";
    if (keeps !== null) item.dataset.keeps = String(keeps);
    return item;
  });
  slot(card, "facts").replaceChildren(...items);
}

/**
 * Why a song is here; replies from before there were proofs have reasons alone.
 * @param {Track} track
 */
function proofLine(track) {
  return track.proof?.line || track.reasons.map((r) => r.text).join(" · ");
}

/**
 * @param {HTMLElement} card
 * @param {Track} track
 * @param {boolean} isListed
 * @param {boolean} hasPlaylist
 */
function updateAdd(card, track, isListed, hasPlaylist) {
  const add = button(card, "add");
  const label = isListed ? gettext("In the playlist") : gettext("Add to the playlist");
  const whole = isListed
    ? gettext("In the playlist: %(title)s")
    : gettext("Add to the playlist: %(title)s");
  // Who presses it in the list is told where the song stands (notices.js).
  setAttribute(add, "aria-disabled", String(!hasPlaylist));
  setAttribute(add, "aria-label", interpolate(whole, { title: track.title }));
  setAttribute(add, "title", label);
  setIcon(add, isListed ? "check" : "add");
  add.classList.toggle("is-listed", isListed);
}
