// @ts-check
// On a phone the conversations are a drawer and the playlist a sheet. Closed, neither
// takes the focus; open, Escape and the dimmed page close them.

import { byId } from "./render/dom.js";

const NARROW = { side: "(max-width: 56rem)", panel: "(max-width: 72rem)" };

/** @typedef {"side" | "panel"} Drawer */

export function makeDrawers() {
  /** @type {Drawer | null} */
  let open = null;
  const scrim = byId("scrim");

  /** @param {Drawer} name */
  const opener = (name) =>
    /** @type {HTMLElement} */ (document.querySelector(`[data-act="open-${name}"]`));

  function render() {
    for (const name of /** @type {Drawer[]} */ (["side", "panel"])) {
      const isDrawer = matchMedia(NARROW[name]).matches;
      const element = byId(name);
      const isOpen = open === name && isDrawer;
      element.classList.toggle("is-open", isOpen);
      element.inert = isDrawer && !isOpen;
      opener(name).setAttribute("aria-expanded", String(isOpen));
    }
    const isModal = open !== null && matchMedia(NARROW[open]).matches;
    scrim.hidden = !isModal;
    byId("main").inert = isModal;
  }

  /** @param {Drawer | null} name */
  function show(name) {
    const before = open;
    open = name;
    render();
    if (name) {
      const close = document.querySelector(`[data-act="close-${name}"]`);
      /** @type {HTMLElement} */ (close).focus({ preventScroll: true });
    } else if (before && matchMedia(NARROW[before]).matches) {
      opener(before).focus({ preventScroll: true });
    }
  }

  scrim.addEventListener("click", () => show(null));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) show(null);
  });
  for (const query of Object.values(NARROW)) {
    matchMedia(query).addEventListener("change", render);
  }
  render();
  return { show, close: () => open && show(null) };
}
