// @ts-check
// Two audio elements that stand for one: while a song plays on one, the other loads what
// comes next, so that it begins without a gap or fades in over the end of the first.

const STEP_MS = 50;

/** @typedef {ReturnType<typeof makeDecks>} Decks */
/** @typedef {"ended" | "error" | "waiting" | "playing" | "canplay" | "pause" | "play" | "timeupdate" | "durationchange" | "seeked"} DeckEvent */

/**
 * @param {HTMLAudioElement} first
 * @param {HTMLAudioElement} second
 */
export function makeDecks(first, second) {
  let current = first;
  let other = second;
  let volume = 1;
  let timer = 0;

  /** Stop what fades out, if anything does. */
  function endFade() {
    clearInterval(timer);
    timer = 0;
    other.pause();
    current.volume = volume;
  }

  /** @param {number} length_s */
  function fade(length_s) {
    const begun_ms = performance.now();
    const turn = () => {
      const part = Math.min(1, (performance.now() - begun_ms) / (length_s * 1000));
      // Of equal power: two songs that differ add up to the loudness of one.
      current.volume = volume * Math.sin((part * Math.PI) / 2);
      other.volume = volume * Math.cos((part * Math.PI) / 2);
      if (part === 1) endFade();
    };
    turn();
    timer = window.setInterval(turn, STEP_MS);
  }

  /**
   * @param {HTMLAudioElement} element
   * @param {string} url
   */
  function load(element, url) {
    if (element.getAttribute("src") !== url) element.src = url;
  }

  return {
    /**
     * Make a song the current one; `play` begins it. Where it was loaded ahead, it is
     * there at once. fade_s: how long the song before goes on under it.
     * @param {string} url
     * @param {number} [fade_s]
     */
    put(url, fade_s = 0) {
      if (timer) endFade();
      const isAhead = other.getAttribute("src") === url && other.error === null;
      if (!isAhead && fade_s === 0) {
        current.src = url;
        return;
      }
      load(other, url);
      other.currentTime = 0;
      [current, other] = [other, current];
      if (fade_s > 0) fade(fade_s);
      else endFade();
    },
    /**
     * Load what comes next; without effect while another song fades out.
     * @param {string} url
     */
    putAhead(url) {
      if (!timer) load(other, url);
    },
    play: () => {
      if (timer && other.paused && !other.ended) other.play().catch(() => endFade());
      return current.play();
    },
    pause() {
      // Stopped in mid-fade: what was fading out doesn't come back.
      if (timer) endFade();
      current.pause();
    },
    /**
     * Hear of the current song alone.
     * @param {DeckEvent} name
     * @param {() => void} listener
     */
    on(name, listener) {
      for (const deck of [first, second]) {
        deck.addEventListener(name, () => {
          if (deck === current) listener();
        });
      }
    },
    hasSong: () => Boolean(current.getAttribute("src")),
    get currentTime() {
      return current.currentTime;
    },
    set currentTime(second_s) {
      if (timer) endFade();
      current.currentTime = second_s;
    },
    get duration() {
      return current.duration;
    },
    get hasEnded() {
      return current.ended;
    },
    get hasFailed() {
      return current.error !== null;
    },
    get volume() {
      return volume;
    },
    set volume(level) {
      volume = level;
      if (!timer) current.volume = level;
    },
    get muted() {
      return current.muted;
    },
    set muted(isMuted) {
      first.muted = isMuted;
      second.muted = isMuted;
    },
  };
}
