// @ts-check
// What a song looks like in a reply and in the playlist: the parts that both share.

import { gettext, interpolate } from "../words.js";
import { fromTemplate, keyed, setAttribute, setIcon, setText, slot } from "./dom.js";

/** @typedef {import("../protocol.js").Track} Track */
/** @typedef {import("../protocol.js").Reaction} Reaction */
/** @typedef {import("../player.js").Playing} Playing */

/**
 * @param {string} template
 * @param {Track} track
 * @param {HTMLElement} [drawn] by the server
 * @returns {HTMLElement}
 */
export function makeSong(template, track, drawn) {
  const element = drawn ?? fromTemplate(template);
  element.dataset.track = track.id;
  const cover = slot(element, "cover");
  setAttribute(cover, "loading", "lazy");
  setAttribute(cover, "src", track.cover_url);
  const title = slot(element, "title");
  setText(title, track.title);
  title.title = track.title;
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {Track} track
 * @param {{reaction: Reaction, playing: Playing, isRefused?: boolean, isCurrent?: boolean}} now
 *   isCurrent: whether it is what plays, where the song alone doesn't say
 */
export function updateSong(element, track, { reaction, playing, isRefused = false, ...now }) {
  const isCurrent = now.isCurrent ?? playing.track?.id === track.id;
  const isOn = isCurrent && playing.isOn;
  element.classList.toggle("is-current", isCurrent);
  element.classList.toggle("is-playing", isOn);
  setAttribute(element, "aria-current", isCurrent ? "true" : null);

  const play = button(element, "play");
  const isSilent = !track.audio_url;
  const class_ = element.classList.contains("row") ? "row--silent" : "song--silent";
  element.classList.toggle(class_, isSilent);
  play.disabled = isSilent || isRefused;
  setIcon(play, isOn ? "pause" : "play");
  setAttribute(play, "aria-label", interpolate(playWords(isSilent, isOn), { title: track.title }));
  setAttribute(play, "title", isSilent ? gettext("There is no audio of this song here") : null);

  press(element, "like", reaction === "like" || reaction === "more");
  press(element, "dislike", reaction === "dislike");
  press(element, "more", reaction === "more");
  element.classList.toggle("is-disliked", reaction === "dislike");
}

/**
 * @param {boolean} isSilent
 * @param {boolean} isOn
 */
function playWords(isSilent, isOn) {
  if (isSilent) return gettext("No audio for %(title)s");
  return isOn ? gettext("Pause %(title)s") : gettext("Play %(title)s");
}

/** What a link to a service says. */
const SERVICES = /** @type {Record<string, string>} */ ({
  spotify: gettext("Open in Spotify"),
  youtube: gettext("Open in YouTube"),
  apple_music: gettext("Open in Apple Music"),
  deezer: gettext("Open in Deezer"),
  musicbrainz: gettext("Look at MusicBrainz"),
});

/**
 * Where a song is found elsewhere: in the tray of a row; in a reply beside a song that can't
 * be heard here, and otherwise among its details.
 * @param {HTMLElement} element
 * @param {Track} track
 */
export function showLinks(element, track) {
  const names = Object.keys(SERVICES).filter((name) => track.links[name]);
  const links = names.map((name) => /** @type {[string, string]} */ ([name, track.links[name]]));
  const isRow = element.classList.contains("row");
  fillLinks(slot(element, "links"), isRow || !track.audio_url ? links : []);
  if (!isRow) fillLinks(slot(element, "more-links"), track.audio_url ? links : []);
}

/**
 * @param {HTMLElement} box
 * @param {[string, string][]} links by service
 */
function fillLinks(box, links) {
  box.hidden = links.length === 0;
  keyed(box, links, {
    key: ([name]) => name,
    make: ([name, url]) => {
      const link = document.createElement("a");
      link.href = url;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      link.textContent = SERVICES[name] ?? name;
      return link;
    },
    update: () => {},
  });
}

/**
 * @param {Track} track
 * @param {{withYear: boolean}} how
 */
export function byline(track, { withYear }) {
  const year = withYear && track.year ? String(track.year) : "";
  return [track.artists.join(", "), year].filter(Boolean).join(" · ");
}

/**
 * @param {HTMLElement} element
 * @param {string} act
 * @returns {HTMLButtonElement}
 */
export function button(element, act) {
  const found = element.querySelector(`[data-act="${act}"]`);
  return /** @type {HTMLButtonElement} */ (found);
}

/**
 * @param {HTMLElement} element
 * @param {string} act
 * @param {boolean} isPressed
 */
function press(element, act, isPressed) {
  setAttribute(button(element, act), "aria-pressed", String(isPressed));
}

