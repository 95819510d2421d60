// @ts-check
// The list of conversations, or those that hold what is searched for.

import { gettext, interpolate, ngettext } from "../words.js";
import { byId, fromTemplate, keyed, setAttribute, setText, slot } from "./dom.js";

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
      const label = gettext("Pin, rename or delete %(title)s");
      const whole = interpolate(label, { title: talk.title });
      setAttribute(slot(element, "change"), "aria-label", whole);
    },
  });
  setText(byId("title"), state.title);
  document.title = `${state.title} · PersonalAIs`;
}

/** @param {Talk[] | null} found */
function renderTold(found) {
  const told = byId("find-told");
  told.hidden = found === null;
  setText(told, found === null ? "" : foundWords(found.length));
}

/** @param {number} count */
function foundWords(count) {
  if (count === 0) return gettext("Nothing found");
  const words = ngettext("%(count)s conversation found", "%(count)s conversations found", count);
  return interpolate(words, { count });
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
