// @ts-check
// Editing a message that was said: its words become a box, in their place. Sent, the
// talk goes on from there; Escape leaves everything as it is.

import { byId, fromTemplate, slot } from "./render/dom.js";

/**
 * @param {object} options
 * @param {(message: string, words: string) => boolean} options.amend whether it went out
 */
export function makeAmending({ amend }) {
  /** @param {HTMLElement} turn */
  function open(turn) {
    close();
    const said = slot(turn, "said");
    const form = /** @type {HTMLFormElement} */ (fromTemplate("amend-template"));
    const box = boxOf(form);
    box.value = slot(turn, "text").textContent ?? "";
    box.rows = Math.min(8, box.value.split("\n").length + Math.floor(box.value.length / 60));
    said.hidden = true;
    said.after(form);
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { message } = turn.dataset;
      // The box stays until the server has taken the words, so that none are lost.
      if (message && amend(message, box.value)) byId("composer-text").focus();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        if (event.target !== box) return;
        event.preventDefault();
        form.requestSubmit();
      }
    });
  }

  /** Put the words back in the place of the box, and the focus on what opened it. */
  function close() {
    const form = document.querySelector(".amend");
    if (!form) return;
    const turn = /** @type {HTMLElement} */ (form.closest(".turn"));
    const hadFocus = form.contains(document.activeElement);
    form.remove();
    slot(turn, "said").hidden = false;
    const opener = turn.querySelector("[data-act=amend]");
    if (hadFocus && opener instanceof HTMLElement) opener.focus();
  }

  return { open, close };
}

/** @param {HTMLFormElement} form */
function boxOf(form) {
  return /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
}
