// @ts-check
// Going from one conversation to another without loading the page anew, so that the
// music goes on.

import { byId } from "./render/dom.js";

/** @typedef {import("./protocol.js").Snapshot} Snapshot */

/**
 * @param {object} options
 * @param {HTMLElement} options.app
 * @param {(snapshot: Snapshot | null) => void} options.open
 * @param {() => string | null} options.current
 */
export function makeRooms({ app, open, current }) {
  const { conversationUrl = "", snapshotUrl = "", nowhere = "", home = "" } = app.dataset;
  const newUrl = app.dataset.new ?? "";
  // The newest entry; a later click ends an earlier one, whose answer is then ignored.
  let entry = new AbortController();
  let isGoing = false;

  /** @param {string} id */
  const addressOf = (id) => conversationUrl.replace(nowhere, id);

  /**
   * @param {string | null} id null for a new conversation
   * @returns {Promise<boolean>} whether it is open now
   */
  async function enter(id) {
    stay();
    const mine = entry;
    isGoing = true;
    try {
      const url = snapshotUrl.replace(nowhere, id ?? "");
      const snapshot = id ? await fetched(url, mine.signal) : null;
      if (mine.signal.aborted) return false;
      open(snapshot);
      return true;
    } catch {
      if (mine.signal.aborted) return false;
      // The plain way shows what is wrong: signed out, deleted, or no connection.
      location.assign(id ? addressOf(id) : newUrl);
      return false;
    } finally {
      if (mine === entry) isGoing = false;
    }
  }

  /** End the entry that is on its way, if any. */
  function stay() {
    entry.abort();
    entry = new AbortController();
    isGoing = false;
  }

  /** @param {string | null} id */
  async function go(id) {
    if (id === current() && id !== null) return stay();
    if (await enter(id)) history.pushState({ id }, "", id ? addressOf(id) : newUrl);
  }

  window.addEventListener("popstate", () => {
    const id = location.pathname.match(/\/c\/([0-9a-f-]{36})\//)?.[1] ?? null;
    if (id === null && location.pathname !== newUrl) location.reload();
    else void enter(id);
  });

  byId("talks").addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest(".talk__link");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    void go(idOf(link));
  });

  return {
    /** Read the open conversation anew: other messages stand in it now. */
    again() {
      void enter(current());
    },
    /** @param {MouseEvent} event */
    begin(event) {
      if (!isPlain(event)) return;
      event.preventDefault();
      void go(null);
    },
    /**
     * A new conversation got its id, or the open one was deleted: the address follows.
     * @param {string | null} id
     */
    moved(id) {
      if (isGoing) return;
      if (id === null) {
        history.replaceState({ id }, "", newUrl);
      } else if (location.pathname === home || location.pathname === newUrl) {
        history.replaceState({ id }, "", addressOf(id));
      }
    },
  };
}

/** @param {Element} element */
export function idOf(element) {
  return element.closest("[data-conversation]")?.getAttribute("data-conversation") ?? "";
}

/** @param {MouseEvent} event */
export function isPlain(event) {
  return event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

/**
 * @param {string} url
 * @param {AbortSignal} signal
 * @returns {Promise<Snapshot>}
 */
async function fetched(url, signal) {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, signal });
  if (!answer.ok || answer.redirected) throw new Error(`No snapshot: ${answer.status}`);
  return answer.json();
}
