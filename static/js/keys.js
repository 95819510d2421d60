// @ts-check
// The keyboard beyond what elements do by themselves. The page's own shortcuts hold
// only while nothing that takes keys has the focus.

import { byId } from "./render/dom.js";

/**
 * @param {object} options
 * @param {ReturnType<typeof import("./player.js").makePlayer>} options.player
 * @param {(row: string, by: number) => void} options.move
 * @param {(row: string) => void} options.remove
 * @param {() => void} options.stop
 */
export function bindKeys({ player, move, remove, stop }) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    if (rowKey(event, target) || escape(event, target)) {
      event.preventDefault();
      return;
    }
    if (event.altKey || takesKeys(target) || document.querySelector("dialog[open]")) return;
    if (pageKey(event)) event.preventDefault();
  });

  /** @param {KeyboardEvent} event */
  function pageKey(event) {
    switch (event.key) {
      case " ":
        player.toggle();
        return true;
      case "?":
        /** @type {HTMLDialogElement} */ (byId("keys")).showModal();
        return true;
      case "ArrowRight":
        if (event.shiftKey) player.next();
        else player.forward();
        return true;
      case "ArrowLeft":
        if (event.shiftKey) player.previous();
        else player.back();
        return true;
      default:
        return false;
    }
  }

  /**
   * @param {KeyboardEvent} event
   * @param {HTMLElement} target
   */
  function rowKey(event, target) {
    const row = /** @type {HTMLElement | null} */ (target.closest(".row"));
    const key = row?.dataset.key;
    if (!key) return false;
    if (event.altKey && event.key === "ArrowUp") move(key, -1);
    else if (event.altKey && event.key === "ArrowDown") move(key, 1);
    else if (event.key === "Delete") {
      focusAfter(key);
      remove(key);
    } else return false;
    return true;
  }

  /**
   * @param {KeyboardEvent} event
   * @param {HTMLElement} target
   */
  function escape(event, target) {
    if (event.key !== "Escape") return false;
    const menu = target.closest("details.menu[open]");
    if (menu) {
      menu.removeAttribute("open");
      menu.querySelector("summary")?.focus();
      return true;
    }
    if (target.id === "composer-text") {
      stop();
      return true;
    }
    return false;
  }

  return { focusAfter };
}

/**
 * A row is about to go, with the focus in it: hand that on to its neighbour.
 * @param {string} key the row's
 */
function focusAfter(key) {
  const row = byId("rows").querySelector(`[data-key="${key}"]`);
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
  const button = neighbour?.querySelector("[data-act=tray]");
  if (button instanceof HTMLElement) button.focus({ preventScroll: true });
  else byId("panel").querySelector("h2")?.focus();
}

/** @param {HTMLElement} target */
function takesKeys(target) {
  return Boolean(
    target.closest("input, textarea, select, button, a, summary, [contenteditable]"),
  );
}
