// @ts-check
// Going from one conversation to another without loading the page anew, so that the
// music goes on; and renaming and deleting them.

import { byId } from "./render/dom.js";

/** @typedef {import("./protocol.js").Snapshot} Snapshot */
/** @typedef {import("./reduce.js").LocalAction} LocalAction */

/**
 * @param {object} options
 * @param {HTMLElement} options.app
 * @param {(snapshot: Snapshot | null) => void} options.open
 * @param {(action: LocalAction) => void} options.dispatch
 * @param {() => string | null} options.current
 */
export function makeRooms({ app, open, dispatch, current }) {
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

  byId("talks").addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.dataset.form !== "rename") return;
    event.preventDefault();
    void rename(form);
  });

  /** @param {HTMLFormElement} form */
  async function rename(form) {
    const id = idOf(form);
    const title = String(new FormData(form).get("title") ?? "").trim();
    form.closest("details")?.removeAttribute("open");
    if (title === "") return;
    if (await posted(form.action, form, { title })) {
      dispatch({ type: "local.renamed", conversation: id, title });
    } else {
      complain("The conversation could not be renamed. Please try again.");
    }
  }

  /** @param {HTMLElement} link */
  async function remove(link) {
    const id = idOf(link);
    const item = /** @type {HTMLElement} */ (link.closest(".talk"));
    const title = item.querySelector(".talk__link")?.textContent ?? "";
    link.closest("details")?.removeAttribute("open");
    if (!(await isConfirmed(title))) return;
    const form = /** @type {HTMLFormElement} */ (item.querySelector("form"));
    const url = /** @type {HTMLAnchorElement} */ (link).href;
    if (!(await posted(url, form, {}))) {
      complain("The conversation could not be deleted. Please try again.");
      return;
    }
    dispatch({ type: "local.deleted", conversation: id });
    if (id === current()) await go(null);
  }

  /** @param {string} words */
  function complain(words) {
    dispatch({ type: "local.notice", key: "rooms", words, isError: true });
  }

  return {
    /**
     * @param {HTMLElement} target
     * @param {MouseEvent} event
     */
    act(target, event) {
      if (!isPlain(event)) return;
      event.preventDefault();
      if (target.dataset.act === "delete") void remove(target);
      else void go(null);
    },
    /**
     * A new conversation got its id: the address follows.
     * @param {string | null} id
     */
    moved(id) {
      if (isGoing || id === null || location.pathname === addressOf(id)) return;
      if (location.pathname === home || location.pathname === newUrl) {
        history.replaceState({ id }, "", addressOf(id));
      }
    },
  };
}

/** @param {Element} element */
function idOf(element) {
  return element.closest("[data-conversation]")?.getAttribute("data-conversation") ?? "";
}

/** @param {MouseEvent} event */
function isPlain(event) {
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

/**
 * @param {string} url
 * @param {HTMLFormElement} form the one that holds the CSRF token
 * @param {Record<string, string>} fields
 */
async function posted(url, form, fields) {
  const token = String(new FormData(form).get("csrfmiddlewaretoken") ?? "");
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "X-CSRFToken": token },
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
    // Our views answer a good form with a redirect, which "manual" leaves unread.
    return answer.type === "opaqueredirect";
  } catch {
    return false;
  }
}

/**
 * @param {string} title
 * @returns {Promise<boolean>}
 */
function isConfirmed(title) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("confirm"));
  byId("confirm-words").textContent =
    `What was said in “${title}” goes for good. Its playlist stays among your playlists.`;
  dialog.returnValue = "keep";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "delete"), {
      once: true,
    });
  });
}
