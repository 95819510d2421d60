// @ts-check
// What plays and what comes next. The queue isn't copied: it is whatever
// the playlist (or the reply whose song was started) holds at the moment, so the music
// goes on while the playlist changes under it.

import { rowKeys } from "./state.js";

/** @typedef {import("./protocol.js").Track} Track */

/** Where a song was started from: a reply's key, or null for the playlist. */
/** @typedef {string | null} Source */

/**
 * @typedef {object} Playing
 * @property {Track | null} track
 * @property {string} row the key of the playlist's row that plays, "" for none
 * @property {boolean} isOn playing, or about to
 * @property {boolean} isLoading
 */

/**
 * What one page leaves for the next to go on with.
 * @typedef {object} Carried
 * @property {Track} song
 * @property {number} second where in it
 * @property {Track[]} queue with the song, unless it was taken out
 * @property {number} at the song's place there
 * @property {string} list the playlist that the queue is, "" where it is another
 * @property {boolean} isOn
 */

const STEP_S = 5;
// The next song is loaded when so much of this one is left, and the fade.
const AHEAD_S = 15;
// Within these seconds "previous" means the song before, and later this song's start.
const RESTART_AFTER_S = 3;

/**
 * Whether a row of the playlist is what plays, or a song where no row is known.
 * @param {Playing} playing
 * @param {Track} track
 * @param {string} key the row's, "" outside of the playlist
 */
export function isPlayed(playing, track, key) {
  const isRow = key === "" || playing.row === "" || playing.row === key;
  return playing.track?.id === track.id && isRow;
}

/**
 * @param {object} options
 * @param {import("./decks.js").Decks} options.audio
 * @param {() => number} options.fade how many seconds songs fade into each other
 * @param {(source: Source) => Track[]} options.queueOf
 * @param {() => string} [options.listId] of the open playlist, "" where there is none
 * @param {(track: Track) => boolean} options.isRefused it is never to be heard again
 * @param {(track: Track, how: "skip" | "played") => void} [options.onLeft] a song was left
 *   before its end, or heard to it
 * @param {() => void} options.onChange
 * @param {(track: Track, isLast: boolean) => void} options.onFailure
 */
export function makePlayer({
  audio,
  fade,
  queueOf,
  listId = () => "",
  isRefused,
  onChange,
  onLeft,
  onFailure,
}) {
  /** @type {Track | null} */
  let track = null;
  /** @type {Source} */
  let source = null;
  let place = 0;
  let wantsOn = false;
  let isLoading = false;
  let failures = 0;

  /** @type {Track[] | null} the queue of a conversation that isn't open any more */
  let kept = null;
  /** The playlist that the kept queue was on the page before; "" for others. */
  let keptList = "";

  const queued = () => kept ?? queueOf(source).filter((t) => t.audio_url);
  const playable = () => queued().filter((t) => !isRefused(t));

  /**
   * The queue, and the song's place in it. When the song was taken out, its former
   * place holds the one that followed it.
   */
  function standing() {
    const queue = queued();
    // Of a song that stands several times, the place nearest to where it was.
    const found = queue
      .flatMap((t, at) => (t.id === track?.id ? [at] : []))
      .sort((a, b) => Math.abs(a - place) - Math.abs(b - place))
      .at(0);
    if (found !== undefined) place = found;
    return { queue, isIn: found !== undefined, place };
  }

  /**
   * The song before or after, and its place in the queue; null where there is none.
   * @param {1 | -1} way
   */
  function neighbour(way) {
    const { queue, isIn, place } = standing();
    let at = way === 1 && !isIn ? place : place + way;
    while (queue[at] && isRefused(queue[at])) at += way;
    return queue[at] ? { song: queue[at], at } : null;
  }

  function resume() {
    wantsOn = true;
    audio.play().catch((error) => {
      // Refused by the browser, or overtaken by another song: neither is a failure.
      if (error.name === "NotAllowedError") wantsOn = false;
      onChange();
    });
    onChange();
  }

  /** Go on with what was paused; with the song after it where it was ruled out since. */
  function goOn() {
    if (!track || !isRefused(track)) return resume();
    const next = neighbour(1);
    if (next) start(next);
  }

  function pause() {
    wantsOn = false;
    audio.pause();
    onChange();
  }

  /**
   * @param {{song: Track, at: number}} next
   * @param {number} [fade_s]
   */
  function start({ song, at }, fade_s = 0) {
    track = song;
    place = at;
    isLoading = true;
    standing();
    audio.put(song.audio_url ?? "", fade_s);
    tellSystem(song);
    resume();
  }

  function row() {
    if (source !== null || kept) return "";
    const { queue, isIn, place } = standing();
    return isIn ? rowKeys(queue)[place] : "";
  }

  /** @param {1 | -1} way */
  function go(way) {
    if (way === -1 && audio.currentTime > RESTART_AFTER_S) {
      audio.currentTime = 0;
      return;
    }
    const next = neighbour(way);
    if (way === 1 && next && track && audio.duration - audio.currentTime > AHEAD_S) {
      onLeft?.(track, "skip");
    }
    if (next) start(next);
    else if (way === -1) audio.currentTime = 0;
  }

  function end() {
    const next = neighbour(1);
    if (track) onLeft?.(track, "played");
    if (next) {
      start(next);
      return;
    }
    pause();
    audio.currentTime = 0;
  }

  /** Near its end, the next song is loaded, and begins to be heard under it. */
  function nearEnd() {
    const left_s = audio.duration - audio.currentTime;
    // A song that is hardly longer than the fade plays to its end.
    const fade_s = audio.duration > 3 * fade() ? fade() : 0;
    if (!wantsOn || !(left_s < AHEAD_S + fade_s)) return;
    const next = neighbour(1);
    if (!next?.song.audio_url || next.song.id === track?.id) return;
    if (left_s <= fade_s) {
      if (track) onLeft?.(track, "played");
      start(next, Math.max(left_s, 0.1));
    } else {
      audio.putAhead(next.song.audio_url);
    }
  }

  function fail() {
    if (!track || !audio.hasSong()) return;
    isLoading = false;
    failures += 1;
    const next = neighbour(1);
    // A queue of nothing but broken songs must come to an end.
    const isLast = !next || failures >= playable().length;
    onFailure(track, isLast);
    if (isLast) pause();
    else start(next);
  }

  audio.on("ended", end);
  audio.on("error", fail);
  audio.on("timeupdate", nearEnd);
  audio.on("waiting", () => {
    isLoading = true;
    onChange();
  });
  audio.on("playing", () => {
    isLoading = false;
    failures = 0;
    onChange();
  });
  audio.on("canplay", () => {
    isLoading = false;
    onChange();
  });
  audio.on("pause", () => {
    // Head phones and the system may pause too.
    if (!audio.hasEnded && !audio.hasFailed && !isLoading) wantsOn = false;
    onChange();
  });
  audio.on("play", () => {
    wantsOn = true;
    onChange();
  });
  for (const name of /** @type {const} */ (["timeupdate", "durationchange", "seeked"])) {
    audio.on(name, onChange);
  }

  /** @param {Track} song */
  function tellSystem(song) {
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.metadata = new MediaMetadata({
      title: song.title,
      artist: song.artists.join(", "),
      album: song.album ?? "",
      artwork: song.cover_url ? [{ src: new URL(song.cover_url, location.href).href }] : [],
    });
  }

  /** @param {number} second */
  function seek(second) {
    if (!Number.isFinite(audio.duration)) return;
    audio.currentTime = Math.min(Math.max(0, second), audio.duration);
  }

  const player = {
    /** @returns {Playing} */
    playing: () => ({ track, row: row(), isOn: wantsOn, isLoading: isLoading && wantsOn }),
    /**
     * Play a song, or pause it when it is the one that plays.
     * @param {Track} wanted
     * @param {Source} from
     * @param {string} [key] of the playlist's row, "" outside of it
     */
    playOrPause(wanted, from, key = "") {
      if (isPlayed(player.playing(), wanted, key)) {
        source = from;
        kept = null;
        player.toggle();
        return;
      }
      player.playFromStart(wanted, from, key);
    },
    /**
     * Play a song from its beginning.
     * @param {Track} wanted
     * @param {Source} from
     * @param {string} [key]
     */
    playFromStart(wanted, from, key = "") {
      if (isRefused(wanted)) return;
      source = from;
      kept = null;
      failures = 0;
      const keyed = rowKeys(queued()).indexOf(key);
      const at = keyed >= 0 ? keyed : queued().findIndex((t) => t.id === wanted.id);
      start({ song: wanted, at: at < 0 ? place : at });
    },
    toggle() {
      if (track) {
        if (wantsOn) pause();
        else goOn();
        return;
      }
      player.playAll();
    },
    playAll() {
      source = null;
      kept = null;
      const at = queued().findIndex((t) => !isRefused(t));
      if (at >= 0) start({ song: queued()[at], at });
    },
    next: () => go(1),
    previous: () => go(-1),
    hasNext: () => neighbour(1) !== null,
    canStart: () => (track !== null && !isRefused(track)) || playable().length > 0,
    seek,
    back: () => seek(audio.currentTime - STEP_S),
    forward: () => seek(audio.currentTime + STEP_S),
    /** The lists may have changed: note where the song stands while it still does. */
    listChanged: () => {
      standing();
    },
    /** Another conversation opens: what plays goes on with the songs it came from. */
    keepQueue() {
      if (!track) return;
      kept = queued();
      keptList = "";
    },
    /**
     * What another page needs to go on with the song.
     * @returns {Carried | null}
     */
    leaving() {
      if (!track) return null;
      const { queue, place } = standing();
      const listed = source === null ? listId() : "";
      return {
        song: track,
        second: audio.currentTime,
        queue: playable(),
        at: queue.slice(0, place).filter((t) => !isRefused(t)).length,
        list: kept ? keptList : listed,
        isOn: wantsOn,
      };
    },
    /**
     * Go on with what played on another page; where its playlist is open, with that.
     * @param {Carried} carried
     */
    takeUp({ song, second, queue, at, list, isOn }) {
      const isOpen = list !== "" && list === listId();
      track = song;
      source = null;
      kept = isOpen ? null : queue;
      keptList = list;
      place = at;
      wantsOn = false;
      isLoading = true;
      audio.put(song.audio_url ?? "");
      audio.currentTime = second;
      tellSystem(song);
      if (isOn) goOn();
      else onChange();
    },
    /** Something is never to be heard again: if it is what plays, the next song does. */
    leaveRefused() {
      if (!track || !wantsOn || !isRefused(track)) return;
      const next = neighbour(1);
      if (next) start(next);
      else pause();
    },
  };

  if ("mediaSession" in navigator) {
    const session = navigator.mediaSession;
    session.setActionHandler("play", goOn);
    session.setActionHandler("pause", pause);
    session.setActionHandler("previoustrack", player.previous);
    session.setActionHandler("nexttrack", player.next);
    session.setActionHandler("seekbackward", player.back);
    session.setActionHandler("seekforward", player.forward);
    session.setActionHandler("seekto", (details) => seek(details.seekTime ?? 0));
  }
  return player;
}
