// @ts-check
// The player's bar.

import { gettext, interpolate } from "../words.js";
import { byId, clock, setAttribute, setText, slot } from "./dom.js";
import { button } from "./song.js";

/** @typedef {import("../player.js").Playing} Playing */
/** @typedef {import("../protocol.js").Reaction} Reaction */

/**
 * @param {object} now
 * @param {Playing} now.playing
 * @param {import("../decks.js").Decks} now.audio
 * @param {boolean} now.hasNext
 * @param {boolean} now.canStart
 * @param {Reaction | null} now.reaction null where the page can't note one
 * @param {boolean} now.isSeeking the listener is dragging the knob
 */
export function renderPlayer({ playing, audio, hasNext, canStart, reaction, isSeeking }) {
  const bar = byId("player");
  const { track } = playing;
  setAttribute(bar, "data-state", track ? (playing.isOn ? "on" : "paused") : "empty");
  bar.classList.toggle("is-loading", playing.isLoading);
  const cover = /** @type {HTMLImageElement} */ (byId("player-cover"));
  cover.hidden = !track;
  if (track?.cover_url) setAttribute(cover, "src", track.cover_url);
  setText(byId("player-title"), track?.title ?? gettext("Nothing playing"));
  setText(byId("player-by"), track?.artists.join(", ") ?? gettext("Press play on any song"));

  const toggle = button(bar, "toggle");
  toggle.disabled = !canStart;
  setAttribute(toggle, "aria-label", playing.isOn ? gettext("Pause") : gettext("Play"));
  slot(toggle, "play").hidden = playing.isOn;
  slot(toggle, "pause").hidden = !playing.isOn;
  button(bar, "next").disabled = !hasNext || !track;
  button(bar, "previous").disabled = !track;

  const like = button(bar, "like-current");
  like.hidden = !track || reaction === null;
  setAttribute(like, "aria-pressed", String(reaction === "like" || reaction === "more"));

  renderTime(audio, track?.duration_ms ?? null, isSeeking);
  const isMuted = audio.muted || audio.volume === 0;
  const mute = button(bar, "mute");
  setAttribute(mute, "aria-pressed", String(isMuted));
  slot(mute, "volume").hidden = isMuted;
  slot(mute, "muted").hidden = !isMuted;
  const volume = /** @type {HTMLInputElement} */ (byId("player-volume"));
  const level = audio.muted ? 0 : Math.round(audio.volume * 100);
  volume.value = String(level);
  setAttribute(volume, "aria-valuetext", interpolate(gettext("%(count)s percent"), { count: level }));
  fill(volume);
}

/**
 * @param {import("../decks.js").Decks} audio
 * @param {number | null} told_ms the length that the catalog knows
 * @param {boolean} isSeeking
 */
function renderTime(audio, told_ms, isSeeking) {
  const seek = /** @type {HTMLInputElement} */ (byId("player-seek"));
  const length_s = Number.isFinite(audio.duration) ? audio.duration : (told_ms ?? 0) / 1000;
  seek.disabled = !Number.isFinite(audio.duration);
  seek.max = String(length_s || 100);
  if (!isSeeking) seek.value = String(audio.currentTime);
  const now_ms = Number(seek.value) * 1000;
  setText(byId("player-now"), clock(now_ms));
  setText(byId("player-length"), clock(length_s * 1000));
  const told = { now: clock(now_ms), length: clock(length_s * 1000) };
  setAttribute(seek, "aria-valuetext", interpolate(gettext("%(now)s of %(length)s"), told));
  fill(seek);
}

/**
 * Tell the style how far the knob is, for the coloured part of the groove.
 * @param {HTMLInputElement} range
 */
export function fill(range) {
  const part = Number(range.max) > 0 ? Number(range.value) / Number(range.max) : 0;
  range.style.setProperty("--part", String(Math.min(1, part)));
}
