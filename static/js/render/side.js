// @ts-check
// The list of conversations.

import { byId, fromTemplate, keyed, setAttribute, setText, slot } from "./dom.js";

/** @typedef {import("../state.js").State} State */

/** @param {State} state */
export function renderSide(state) {
  byId("talks-empty").hidden = state.talks.length > 0;
  keyed(byId("talks"), state.talks, {
    key: (talk) => talk.id,
    make: (talk) => makeTalk(talk.id),
    update: (element, talk) => {
      const link = slot(element, "link");
      setText(link, talk.title);
      const isOpen = talk.id === state.conversation;
      setAttribute(link, "aria-current", isOpen ? "page" : null);
      setAttribute(slot(element, "change"), "aria-label", `Rename or delete ${talk.title}`);
    },
  });
  setText(byId("title"), state.title);
  document.title = `${state.title} · PersonalAIs`;
}

/** @param {string} id */
function makeTalk(id) {
  const element = fromTemplate("talk-template");
  const nowhere = byId("app").dataset.nowhere ?? "";
  element.dataset.conversation = id;
  for (const link of element.querySelectorAll("a")) {
    link.setAttribute("href", (link.getAttribute("href") ?? "").replace(nowhere, id));
  }
  return element;
}

/**
 * What the server has listed, so that the script begins with the same.
 * @returns {{id: string, title: string}[]}
 */
export function listedTalks() {
  return [...byId("talks").children].map((child) => {
    const element = /** @type {HTMLElement} */ (child);
    const id = element.dataset.conversation ?? "";
    element.dataset.key = id;
    return { id, title: slot(element, "link").textContent?.trim() ?? "" };
  });
}
