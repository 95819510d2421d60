// @ts-check
// Searching the conversations while typing. Without script, and with Enter, a page of
// its own lists them all.

import { byId } from "./render/dom.js";
import { UNTITLED } from "./state.js";
import { gettext } from "./words.js";

/** @typedef {import("./reduce.js").LocalAction} LocalAction */
/** @typedef {import("./state.js").Talk} Talk */

// So long after the last letter it is asked: a word, not each of its letters.
const PAUSE_MS = 200;

/**
 * @param {object} options
 * @param {string} options.url
 * @param {(action: LocalAction) => void} options.dispatch
 */
export function bindFinding({ url, dispatch }) {
  const input = /** @type {HTMLInputElement} */ (byId("find-words"));
  let asked = new AbortController();
  let timer = 0;

  function look() {
    clearTimeout(timer);
    asked.abort();
    asked = new AbortController();
    const words = input.value.trim();
    if (words === "") {
      dispatch({ type: "local.found", found: null });
      return;
    }
    const { signal } = asked;
    timer = window.setTimeout(() => void find(words, signal), PAUSE_MS);
  }

  /**
   * @param {string} words
   * @param {AbortSignal} signal
   */
  async function find(words, signal) {
    try {
      const answer = await fetch(`${url}?${new URLSearchParams({ q: words })}`, { signal });
      if (!answer.ok || answer.redirected) throw new Error(`No answer: ${answer.status}`);
      const { talks } = await answer.json();
      if (!signal.aborted) dispatch({ type: "local.found", found: talks.map(talkOf) });
    } catch (error) {
      if (signal.aborted) return;
      console.warn(error);
      dispatch({
        type: "local.notice",
        key: "find",
        words: gettext("Your conversations can't be searched just now. Please try again."),
        isError: true,
      });
    }
  }

  input.addEventListener("input", look);
  // A page that comes back from the browser's memory holds its words still.
  window.addEventListener("pageshow", look);
}

/**
 * @param {{id: string, title: string, is_pinned: boolean, excerpt: string}} found
 * @returns {Talk}
 */
function talkOf({ id, title, is_pinned, excerpt }) {
  return { id, title: title || UNTITLED, isPinned: is_pinned, excerpt };
}
