// @ts-check
// Finds songs on the map by words: the way for whoever doesn't point at dots.

import { byId, fromTemplate, keyed, setText, slot } from "../render/dom.js";

/** @typedef {import("./songs.js").Song} Song */
/** @typedef {import("./songs.js").Songs} Songs */

const WAIT_MS = 200;

/**
 * @param {object} options
 * @param {Songs} options.songs
 * @param {(song: Song) => boolean} options.isRefused
 * @param {(song: Song) => void} options.onChoose
 */
export function bindFinder({ songs, isRefused, onChoose }) {
  const form = /** @type {HTMLFormElement} */ (byId("map-find"));
  const input = /** @type {HTMLInputElement} */ (byId("map-words"));
  const list = byId("map-found");
  const note = byId("map-found-note");
  let timer = 0;
  let newest = 0;
  /** @type {Song[]} */
  let shown = [];

  async function find() {
    clearTimeout(timer);
    const words = input.value.trim();
    newest += 1;
    const mine = newest;
    if (words === "") return show([], "");
    const found = await songs.find(words);
    if (mine !== newest) return;
    if (!found) show([], note.dataset.failed ?? "");
    else show(found, found.length ? "" : (note.dataset.none ?? ""));
  }

  /**
   * @param {Song[]} found
   * @param {string} told
   */
  function show(found, told) {
    setText(note, told);
    shown = found;
    list.hidden = found.length === 0;
    draw();
  }

  function draw() {
    keyed(list, shown, {
      key: (song) => song.id,
      make: () => fromTemplate("found-template"),
      update: (item, song) => fill(item, song, isRefused(song)),
    });
  }

  list.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    const song = button && songs.held(Number(button.dataset.song));
    if (song) onChoose(song);
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void find(), WAIT_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void find();
  });
  // Words typed before this was loaded, or kept by the browser, are looked for too.
  if (input.value.trim()) void find();
  return {
    draw,
    clear() {
      input.value = "";
      show([], "");
    },
  };
}

/**
 * @param {HTMLElement} item
 * @param {Song} song
 * @param {boolean} isRefused
 */
export function fill(item, song, isRefused) {
  const button = /** @type {HTMLElement} */ (item.querySelector("button"));
  button.dataset.song = String(song.number);
  setText(slot(item, "title"), song.title);
  setText(slot(item, "by"), song.artists.join(", "));
  slot(item, "refused").hidden = !isRefused;
}
