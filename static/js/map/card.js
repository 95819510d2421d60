// @ts-check
// The song that was chosen: what it is, and what one can do with it.

import { byId, setAttribute, setText, slot } from "../render/dom.js";

/** @typedef {import("./songs.js").Song} Song */

/**
 * @param {object} options
 * @param {string} options.newUrl where a conversation begins
 */
export function makeCard({ newUrl }) {
  const card = byId("map-card");
  const cover = /** @type {HTMLImageElement} */ (slot(card, "cover"));
  const play = /** @type {HTMLButtonElement} */ (card.querySelector("[data-act=play]"));
  const more = /** @type {HTMLAnchorElement} */ (slot(card, "more"));

  return {
    /**
     * @param {Song} song
     * @param {boolean} isRefused it is never to be heard again
     */
    show(song, isRefused) {
      card.hidden = false;
      setText(slot(card, "title"), song.title);
      setText(slot(card, "by"), song.artists.join(", "));
      const facts = [song.year, ...song.genres].filter((fact) => fact !== null);
      setText(slot(card, "facts"), facts.join(" · "));
      setAttribute(cover, "src", song.cover_url);
      play.disabled = !song.audio_url || isRefused;
      slot(card, "refused").hidden = !isRefused;
      const rule = slot(card, "rule");
      setText(rule, (isRefused ? rule.dataset.lift : rule.dataset.never) ?? "");
      slot(card, "silent").hidden = song.audio_url !== null;
      const words = `more like ${song.title} by ${song.artists.join(", ")}`;
      more.href = `${newUrl}?say=${encodeURIComponent(words)}`;
    },
    hide: () => {
      card.hidden = true;
    },
    /** @param {boolean} isOn whether it is this song that plays */
    playing(isOn) {
      setAttribute(play, "aria-pressed", String(isOn));
      slot(play, "play").hidden = isOn;
      slot(play, "pause").hidden = !isOn;
      const label = isOn ? play.dataset.pause : play.dataset.play;
      setText(slot(play, "label"), label ?? "");
    },
    hasFocus: () => card.contains(document.activeElement),
  };
}
