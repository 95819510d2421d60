// @ts-check
// What stands around the message box: notices, the connection, and whether one may
// send now, with the reason where one may not.

import { queuedTurn, runningTurn } from "../state.js";
import { gettext } from "../words.js";
import { byId, keyed, setAttribute, setText } from "./dom.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../state.js").Notice} Notice */

const LINKS = {
  connecting: gettext("Connecting…"),
  lost: gettext("Offline. Reconnecting…"),
  refused: gettext("Signed out"),
};

/**
 * @param {State} state
 * @param {{wasOnline: boolean}} past before the first connection nothing is said
 */
export function renderFoot(state, { wasOnline }) {
  keyed(byId("notices"), state.notices, {
    key: (notice) => notice.key,
    make: makeNotice,
    update: updateNotice,
  });
  const link = byId("link");
  const isQuiet = state.link === "online" || (state.link === "connecting" && !wasOnline);
  link.hidden = isQuiet;
  setText(link, isQuiet ? "" : LINKS[/** @type {keyof typeof LINKS} */ (state.link)]);

  const text = /** @type {HTMLTextAreaElement} */ (byId("composer-text"));
  const send = /** @type {HTMLButtonElement} */ (byId("composer-send"));
  const stop = /** @type {HTMLButtonElement} */ (byId("composer-stop"));
  const running = runningTurn(state);
  const isBlank = text.value.trim() === "";
  const isFull = Boolean(queuedTurn(state));
  send.disabled = whyNot(state) !== "" || isBlank || isFull;
  // While a reply is being written, one message may wait for its end.
  send.hidden = Boolean(running) && (isBlank || isFull);
  stop.hidden = !running;
  stop.disabled = running?.status !== "running" || state.link !== "online";
  setText(byId("composer-why"), wasOnline || state.link === "lost" ? whyNot(state) : "");
  renderSignIn(state);
  setAttribute(byId("composer"), "data-link", state.link);
}

/**
 * Who was signed out comes back to this conversation, and to what they were writing.
 * @param {State} state
 */
function renderSignIn({ link }) {
  const again = byId("composer-again");
  again.hidden = link !== "refused";
  const way = again.querySelector("a");
  if (way) way.search = `?next=${encodeURIComponent(location.pathname)}`;
}

/**
 * Why nothing can be sent now; "" when it can.
 * @param {State} state
 */
export function whyNot(state) {
  if (state.link === "refused") return gettext("You are signed out. Sign in again to go on.");
  if (state.link !== "online") {
    return gettext("No connection just now. Your words stay here until it is back.");
  }
  return "";
}

/**
 * @param {HTMLElement} element
 * @param {Notice} notice
 */
function updateNotice(element, { words, url, progress, lift, again }) {
  const shown = element.querySelector("p");
  if (shown) setText(shown, words);
  const bar = element.querySelector("progress");
  if (bar) {
    bar.hidden = progress === undefined;
    bar.value = progress ?? 0;
  }
  const link = element.querySelector("a");
  if (link) {
    link.hidden = !url;
    if (url) link.href = url;
  }
  const undo = element.querySelector("[data-act=lift]");
  if (undo instanceof HTMLElement) undo.hidden = !lift;
  const repeat = element.querySelector("[data-act=add-again]");
  if (repeat instanceof HTMLElement) repeat.hidden = !again;
}

/** @param {Notice} notice */
function makeNotice(notice) {
  const element = document.createElement("div");
  element.className = `notice ${notice.isError ? "notice--error" : "notice--info"}`;
  element.setAttribute("role", notice.isError ? "alert" : "status");
  const words = document.createElement("p");
  words.textContent = notice.words;
  element.append(words, ...noticeParts(), noticeButton("close-notice", gettext("Close")));
  updateNotice(element, notice);
  return element;
}

/** How far it is, where it leads, what can be done: hidden where a notice has none. */
function noticeParts() {
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", gettext("Saving"));
  const link = document.createElement("a");
  link.textContent = gettext("Open");
  link.rel = "noreferrer";
  link.target = "_blank";
  const undo = noticeButton("lift", gettext("Undo"));
  return [bar, link, undo, noticeButton("add-again", gettext("Add it again"))];
}

/**
 * @param {string} act
 * @param {string} words
 */
function noticeButton(act, words) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "link-button";
  made.dataset.act = act;
  made.textContent = words;
  return made;
}
