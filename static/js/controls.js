// @ts-check
// The player's ranges: where in the song, and how loud; and how long songs fade into each
// other, which pages with a player's settings ask for.

import { byId, inWords } from "./render/dom.js";
import { fill } from "./render/player.js";
import { store, stored } from "./storing.js";
import { gettext } from "./words.js";

const FIRST_VOLUME = 0.8;
const LONGEST_FADE_S = 12;

/**
 * @param {object} options
 * @param {import("./decks.js").Decks} options.audio
 * @param {(second: number) => void} options.onSeek
 * @param {() => void} options.onChange
 */
export function bindControls({ audio, onSeek, onChange }) {
  const seek = /** @type {HTMLInputElement} */ (byId("player-seek"));
  const volume = /** @type {HTMLInputElement} */ (byId("player-volume"));
  let isSeeking = false;

  seek.addEventListener("input", () => {
    isSeeking = true;
    onChange();
  });
  seek.addEventListener("change", () => {
    isSeeking = false;
    onSeek(Number(seek.value));
  });
  volume.addEventListener("input", () => {
    audio.muted = false;
    audio.volume = Number(volume.value) / 100;
    store("volume", String(audio.volume));
    onChange();
  });
  audio.volume = storedNumber("volume", FIRST_VOLUME, 1);

  return {
    isSeeking: () => isSeeking,
    mute() {
      audio.muted = !audio.muted;
      onChange();
    },
  };
}

/**
 * Let the listener choose how long songs fade into each other.
 * @returns {() => number} the seconds that are chosen
 */
export function bindFade() {
  const fade = /** @type {HTMLInputElement} */ (byId("player-fade"));
  function show() {
    const words = fade.value === "0" ? gettext("Off") : inWords(Number(fade.value) * 1000);
    byId("player-fade-words").textContent = words;
    fade.setAttribute("aria-valuetext", words);
    fill(fade);
  }
  fade.addEventListener("input", () => {
    store("fade", fade.value);
    show();
  });
  fade.value = String(keptFade());
  show();
  return () => Number(fade.value);
}

/** How many seconds songs fade into each other, as chosen on any page. */
export function keptFade() {
  return storedNumber("fade", 0, LONGEST_FADE_S);
}

/**
 * @param {string} key
 * @param {number} first
 * @param {number} most
 */
function storedNumber(key, first, most) {
  const value = Number(stored(key) ?? first);
  return value >= 0 && value <= most ? value : first;
}
