// @ts-check
// Songs and the playlist put into the message as words that the agent reads exactly:
// “Title” by Artist, my playlist “Title”. Dragged there, or by a button.

/** @typedef {import("./protocol.js").Track} Track */
/** @typedef {import("./protocol.js").Playlist} Playlist */

// A kind of its own, beside the one that moves songs within the playlist.
const KIND = "application/x-personalais-mention";
/** @type {Record<string, string>} */
const INNER_QUOTES = { "“": "‘", "”": "’", "„": "‚", '"': "'" };

/** @param {string} title */
function quoted(title) {
  const clean = title.replace(/\s+/g, " ").trim();
  return `“${clean.replace(/[“”„"]/g, (sign) => INNER_QUOTES[sign] ?? sign)}”`;
}

/**
 * The agent speaks English (docs/translating.md), so these words are never translated.
 * @param {{title: string, artists: string[]}} track
 */
export function songWords({ title, artists }) {
  const names = artists.map((name) => name.replace(/\s+/g, " ").trim());
  const last = names.pop();
  if (last === undefined) return quoted(title);
  return `${quoted(title)} by ${names.length ? `${names.join(", ")} and ${last}` : last}`;
}

/** @param {{title: string}} playlist */
export function listWords({ title }) {
  return title.trim() === "" ? "my playlist" : `my playlist ${quoted(title)}`;
}

/**
 * Words between others, with one space where there is none.
 * @param {string} before what stands before them
 * @param {string} words
 * @param {string} after
 */
export function spaced(before, words, after) {
  const head = before === "" || /\s$/.test(before) ? "" : " ";
  const tail = after === "" || /^[\s,.;:!?)]/.test(after) ? "" : " ";
  return `${head}${words}${tail}`;
}

/**
 * @param {object} options
 * @param {HTMLTextAreaElement} options.text
 * @param {HTMLElement} options.target where songs may be dropped: the box around the text
 * @param {(id: string) => Track | undefined} options.track
 * @param {() => Playlist | null} options.playlist
 */
export function makeMentions({ text, target, track, playlist }) {
  /** @param {string} words */
  function put(words) {
    const { value, selectionStart: start, selectionEnd: end } = text;
    const added = spaced(value.slice(0, start), words, value.slice(end));
    text.focus();
    if (value.length - (end - start) + added.length > text.maxLength) return;
    text.setRangeText(added, start, end, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** @param {Element} from */
  function wordsOf(from) {
    if (from.closest("[data-mention=playlist]")) {
      const list = playlist();
      return list?.tracks.length ? listWords(list) : "";
    }
    const id = from.closest("[data-track]")?.getAttribute("data-track");
    const song = id ? track(id) : undefined;
    return song ? songWords(song) : "";
  }

  /** @param {DragEvent} event */
  const isMention = (event) => event.dataTransfer?.types.includes(KIND) ?? false;

  /** @param {boolean} isDragging */
  function show(isDragging) {
    target.classList.toggle("is-awaiting", isDragging);
    target.classList.remove("is-dropping");
  }

  /**
   * Songs are taken by their cover or grip, so that their text can be marked; all of the
   * song goes along.
   * @param {DragEvent} event
   * @param {Element | null} song
   */
  function showWhole(event, song) {
    if (!song) return;
    const { left, top } = song.getBoundingClientRect();
    event.dataTransfer?.setDragImage(song, event.clientX - left, event.clientY - top);
  }

  document.addEventListener("dragstart", (event) => {
    const from = /** @type {Element} */ (event.target);
    // A marked text, or a link, is dragged as such.
    if (!(from instanceof Element) || from.closest("a")) return;
    const words = wordsOf(from);
    if (!words || !event.dataTransfer) return;
    event.dataTransfer.setData(KIND, words);
    event.dataTransfer.effectAllowed = "copyMove";
    showWhole(event, from.closest("[data-track]"));
    show(true);
  });
  document.addEventListener("dragend", () => show(false));
  target.addEventListener("dragover", (event) => {
    if (!isMention(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
    target.classList.add("is-dropping");
  });
  target.addEventListener("dragleave", (event) => {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (!target.contains(to)) target.classList.remove("is-dropping");
  });
  target.addEventListener("drop", (event) => {
    if (!isMention(event)) return;
    event.preventDefault();
    show(false);
    put(event.dataTransfer?.getData(KIND) ?? "");
  });

  return {
    /** @param {Element} button inside the song, or among the playlist's tools */
    mention(button) {
      const words = wordsOf(button);
      if (words) put(words);
    },
  };
}
