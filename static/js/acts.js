// @ts-check
// A press on a button does what its data-act names, with what the button stands in.

/**
 * @typedef {object} Pressed
 * @property {HTMLElement} target
 * @property {MouseEvent} event
 * @property {string} track the song's id, "" outside of songs
 * @property {string} row the key of the list's row, "" outside of the list
 * @property {HTMLElement | null} turn
 * @property {string | null} message the turn's message, once the server has one
 * @property {string | null} source the turn's key, null outside of turns
 */

/** @param {Record<string, (pressed: Pressed) => void>} acts by their names */
export function bindActs(acts) {
  document.addEventListener("click", (event) => {
    const inside = /** @type {Element} */ (event.target);
    const target = inside.closest("[data-act]");
    if (target instanceof HTMLElement) acts[target.dataset.act ?? ""]?.(pressed(target, event));
    closeMenus(inside);
  });
}

/**
 * @param {HTMLElement} target
 * @param {MouseEvent} event
 * @returns {Pressed}
 */
function pressed(target, event) {
  const turn = /** @type {HTMLElement | null} */ (target.closest("[data-message]"));
  return {
    target,
    event,
    track: target.closest("[data-track]")?.getAttribute("data-track") ?? "",
    row: target.closest(".row")?.getAttribute("data-key") ?? "",
    turn,
    message: turn?.getAttribute("data-message") ?? null,
    source: turn?.dataset.key ?? null,
  };
}

/**
 * Show what else can be done with a song of the playlist, and of no other.
 * @param {HTMLElement} target
 */
export function toggleTray(target) {
  const row = target.closest(".row");
  const isOpen = target.getAttribute("aria-expanded") === "true";
  for (const other of document.querySelectorAll(".row")) {
    const isThis = other === row && !isOpen;
    other.querySelector("[data-act=tray]")?.setAttribute("aria-expanded", String(isThis));
    const tray = other.querySelector("[data-slot=tray]");
    if (tray instanceof HTMLElement) tray.hidden = !isThis;
  }
}

/** @param {Element} inside the menu that stays open, unless a file of it was taken */
function closeMenus(inside) {
  const isTaken = inside.closest("a[download]") !== null;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (isTaken || !menu.contains(inside)) menu.removeAttribute("open");
  }
}
