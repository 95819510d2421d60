// @ts-check
// The list of conversations, or those that hold what is searched for.

import { byId, counted, fromTemplate, keyed, setAttribute, setText, slot } from "./dom.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../state.js").Talk} Talk */

/** @param {State} state */
export function renderSide(state) {
  const talks = state.found ?? state.talks;
  byId("talks-empty").hidden = state.found !== null || talks.length > 0;
  renderTold(state.found);
  keyed(byId("talks"), talks, {
    key: (talk) => talk.id,
    make: (talk) => makeTalk(talk.id),
    update: (element, talk) => {
      const link = slot(element, "link");
      element.classList.toggle("talk--pinned", talk.isPinned);
      setText(slot(element, "title"), talk.title);
      setText(slot(element, "excerpt"), talk.excerpt ?? "");
      const isOpen = talk.id === state.conversation;
      setAttribute(link, "aria-current", isOpen ? "page" : null);
      setAttribute(slot(element, "change"), "aria-label", `Pin, rename or delete ${talk.title}`);
    },
  });
  setText(byId("title"), state.title);
  document.title = `${state.title} · PersonalAIs`;
}

/** @param {Talk[] | null} found */
function renderTold(found) {
  const told = byId("find-told");
  told.hidden = found === null;
  if (found === null) setText(told, "");
  else setText(told, found.length ? `${counted(found.length, "conversation")} found` : "Nothing found");
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
 * @returns {Talk[]}
 */
export function listedTalks() {
  return [...byId("talks").children].map((child) => {
    const element = /** @type {HTMLElement} */ (child);
    const id = element.dataset.conversation ?? "";
    element.dataset.key = id;
    const isPinned = element.classList.contains("talk--pinned");
    return { id, title: slot(element, "title").textContent?.trim() ?? "", isPinned };
  });
}
