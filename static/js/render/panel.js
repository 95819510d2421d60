// @ts-check
// The playlist: its title, tools, songs, and what the newest change did to it.

import { isPlayed } from "../player.js";
import { scheduleWords } from "../refreshing.js";
import { changeWords, isRedoable, isUndoable, rowKeys } from "../state.js";
import { gettext, interpolate, ngettext } from "../words.js";
import { byId, clock, inWords, isDrawn, keyed, setAttribute, setText, slot } from "./dom.js";
import { button, byline, makeSong, showLinks, updateSong } from "./song.js";

/** @typedef {import("../protocol.js").Track} Track */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../player.js").Playing} Playing */

/** @type {Set<string>} */
const NO_ROWS = new Set();
const EMPTY_TITLE = gettext("Your playlist");

/**
 * @param {State} state
 * @param {Playing} playing
 */
export function renderPanel(state, playing) {
  const { playlist } = state;
  const tracks = playlist?.tracks ?? [];
  setText(byId("panel-title"), playlist?.title ?? EMPTY_TITLE);
  setText(byId("panel-about"), playlist?.description ?? "");
  byId("panel-about").hidden = !playlist?.description;
  setText(byId("panel-facts"), facts(tracks));
  setText(byId("panel-count"), String(tracks.length));
  byId("panel-empty").hidden = tracks.length > 0;
  renderMosaic(tracks);
  renderTools(state, tracks);
  renderChange(state);
  renderRefresh(state);
  const { fresh, moved } = state.change ?? { fresh: NO_ROWS, moved: NO_ROWS };
  const keys = rowKeys(tracks);
  keyed(byId("rows"), tracks, {
    key: (_track, index) => keys[index],
    make: makeRow,
    update: (row, track, index) => {
      const reaction = state.reactions[track.id] ?? track.reaction;
      const isCurrent = isPlayed(playing, track, keys[index]);
      const place = [index, tracks.length, fresh.has(keys[index]), moved.has(keys[index])];
      if (isDrawn(row, track, reaction, isCurrent, isCurrent && playing.isOn, ...place)) return;
      updateSong(row, track, { reaction, playing, isCurrent });
      row.classList.toggle("is-new", fresh.has(keys[index]));
      row.classList.toggle("is-moved", moved.has(keys[index]));
      button(row, "up").disabled = index === 0;
      button(row, "down").disabled = index === tracks.length - 1;
      const note = slot(row, "note");
      note.hidden = Boolean(track.audio_url);
      setText(note, track.audio_url ? "" : gettext("No audio"));
    },
  });
}

/**
 * @param {Track} track
 * @param {HTMLElement} [drawn]
 */
function makeRow(track, drawn) {
  const row = makeSong("row-template", track, drawn);
  setText(slot(row, "by"), byline(track, { withYear: false }));
  setText(slot(row, "length"), clock(track.duration_ms));
  setAttribute(button(row, "tray"), "aria-label", interpolate(gettext("More actions for %(title)s"), { title: track.title }));
  showLinks(row, track);
  return row;
}

/** @param {Track[]} tracks */
function facts(tracks) {
  if (tracks.length === 0) return "";
  const length_ms = tracks.reduce((sum, t) => sum + (t.duration_ms ?? 0), 0);
  const words = ngettext("%(count)s song", "%(count)s songs", tracks.length);
  return `${interpolate(words, { count: tracks.length })} · ${inWords(length_ms)}`;
}

/** @param {Track[]} tracks */
function renderMosaic(tracks) {
  const covers = tracks.flatMap((t) => (t.cover_url ? [t.cover_url] : []));
  const shown = covers.length >= 4 ? covers.slice(0, 4) : covers.slice(0, 1);
  byId("mosaic").classList.toggle("mosaic--one", shown.length === 1);
  keyed(byId("mosaic"), shown, {
    key: (url) => url,
    make: (url) => {
      const image = new Image(80, 80);
      image.src = url;
      image.alt = "";
      return image;
    },
    update: () => {},
  });
}

/**
 * @param {State} state
 * @param {Track[]} tracks
 */
function renderTools(state, tracks) {
  const tools = byId("panel-tools");
  const isEmpty = tracks.length === 0;
  tools.hidden = isEmpty && !state.playlist?.can_undo && !state.playlist?.can_redo;
  button(tools, "undo").disabled = !isUndoable(state);
  button(tools, "redo").disabled = !isRedoable(state);
  button(tools, "rename").disabled = state.link !== "online";
  button(tools, "play-all").disabled = !tracks.some((t) => t.audio_url);
  byId("download").hidden = isEmpty;
  const { downloadUrl = "", nowhere = "" } = byId("app").dataset;
  if (!state.playlist) return;
  const file = downloadUrl.replace(nowhere, state.playlist.id);
  for (const link of byId("download").querySelectorAll("a")) {
    link.href = file.replace(/m3u8$/, link.dataset.suffix ?? "");
  }
  for (const name of ["save", "history", "share", "refresh"]) {
    const link = /** @type {HTMLAnchorElement} */ (byId(name));
    link.href = (byId("app").dataset[`${name}Url`] ?? "").replace(nowhere, state.playlist.id);
  }
}

/** @param {State} state */
function renderRefresh({ playlist }) {
  const words = scheduleWords(playlist?.refresh);
  byId("panel-refresh").hidden = words === "" && !playlist?.tracks.length;
  setText(byId("refresh"), words || gettext("Keep it fresh"));
}

/** @param {State} state */
function renderChange(state) {
  const box = byId("change");
  box.hidden = !state.change;
  if (!state.change) return;
  const { change, titles } = state.change;
  setText(slot(box, "words"), changeWords(change, titles));
  setText(slot(box, "figures"), change.diff?.figures ?? "");
  button(box, "undo").hidden = !isUndoable(state);
}
