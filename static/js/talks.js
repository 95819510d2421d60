// @ts-check
// Pinning, renaming and deleting conversations: one dialog for all entries of the list. Without
// script each entry leads to a page that does the same.

import { byId, slot } from "./render/dom.js";
import { idOf, isPlain } from "./rooms.js";
import { gettext, interpolate } from "./words.js";

/** @typedef {import("./reduce.js").LocalAction} LocalAction */
/** @typedef {import("./protocol.js").ServerFrame} ServerFrame */

/**
 * @param {object} options
 * @param {HTMLElement} options.app
 * @param {(action: LocalAction | ServerFrame) => void} options.dispatch
 */
export function makeTalks({ app, dispatch }) {
  const { pinUrl = "", renameUrl = "", deleteUrl = "", nowhere = "" } = app.dataset;
  const dialog = /** @type {HTMLDialogElement} */ (byId("change-talk"));
  const form = /** @type {HTMLFormElement} */ (byId("change-talk-form"));
  const input = /** @type {HTMLInputElement} */ (byId("change-talk-title"));
  const pin = byId("change-talk-pin");
  let id = "";
  let title = "";

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    void rename(id, input.value.trim());
  });

  /**
   * @param {string} talk
   * @param {string} wanted
   */
  async function rename(talk, wanted) {
    if (wanted === "") return;
    if (await posted(renameUrl.replace(nowhere, talk), form, { title: wanted })) {
      dispatch({ type: "local.renamed", conversation: talk, title: wanted });
    } else {
      complain(gettext("The conversation could not be renamed. Please try again."));
    }
  }

  /**
   * @param {string} talk
   * @param {boolean} isPinned
   */
  async function setPinned(talk, isPinned) {
    if (await posted(pinUrl.replace(nowhere, talk), form, { pinned: isPinned ? "yes" : "no" })) {
      dispatch({ type: "local.pinned", conversation: talk, isPinned });
    } else {
      complain(gettext("The conversation could not be pinned. Please try again."));
    }
  }

  /** @param {string} talk */
  async function remove(talk) {
    if (!(await isConfirmed(title))) return;
    dispatch({ type: "local.deleting", conversation: talk });
    if (await posted(deleteUrl.replace(nowhere, talk), form, {})) {
      dispatch({ type: "conversation.deleted", conversation: talk });
    } else {
      dispatch({ type: "local.deleting", conversation: null });
      complain(gettext("The conversation could not be deleted. Please try again."));
    }
  }

  /** @param {string} words */
  function complain(words) {
    dispatch({ type: "local.notice", key: "rooms", words, isError: true });
  }

  return {
    /**
     * @param {HTMLElement} link
     * @param {MouseEvent} event
     */
    change(link, event) {
      if (!isPlain(event)) return;
      event.preventDefault();
      const talk = /** @type {Element} */ (link.closest(".talk"));
      const isPinned = talk.classList.contains("talk--pinned");
      id = idOf(link);
      title = slot(talk, "title").textContent ?? "";
      input.value = title;
      pin.setAttribute("aria-pressed", String(isPinned));
      slot(pin, "words").textContent = isPinned ? gettext("Unpin") : gettext("Pin to the top");
      dialog.showModal();
      input.select();
    },
    pin() {
      dialog.close();
      void setPinned(id, pin.getAttribute("aria-pressed") !== "true");
    },
    remove() {
      dialog.close();
      void remove(id);
    },
    close() {
      dialog.close();
    },
  };
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
  byId("confirm-words").textContent = interpolate(
    gettext("What was said in “%(title)s” goes for good. Its playlist stays among your playlists."),
    { title },
  );
  dialog.returnValue = "keep";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "delete"), {
      once: true,
    });
  });
}
