// @ts-check
// The player's two ranges: where in the song, and how loud.

import { byId } from "./render/dom.js";

const VOLUME_KEY = "volume";
const FIRST_VOLUME = 0.8;

/**
 * @param {object} options
 * @param {HTMLAudioElement} options.audio
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
  });
  audio.volume = storedVolume();
  audio.addEventListener("volumechange", () => {
    try {
      localStorage.setItem(VOLUME_KEY, String(audio.volume));
    } catch {
      // Storage is switched off: the volume holds for this page.
    }
  });

  return { isSeeking: () => isSeeking };
}

function storedVolume() {
  try {
    const stored = Number(localStorage.getItem(VOLUME_KEY) ?? FIRST_VOLUME);
    return stored >= 0 && stored <= 1 ? stored : FIRST_VOLUME;
  } catch {
    return FIRST_VOLUME;
  }
}
