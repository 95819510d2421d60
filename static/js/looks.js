// @ts-check
// The choice between light, dark and what the system says, and of high contrast.

import { store } from "./storing.js";

const root = document.documentElement;

export function bindLooks() {
  const chosen = root.dataset.theme ?? "auto";
  for (const input of document.querySelectorAll("input[name=theme]")) {
    const radio = /** @type {HTMLInputElement} */ (input);
    radio.checked = radio.value === chosen;
    radio.addEventListener("change", () => {
      set("theme", radio.value === "auto" ? null : radio.value);
      store("theme", radio.value);
    });
  }
  const contrast = document.querySelector("input[name=contrast]");
  if (!(contrast instanceof HTMLInputElement)) return;
  contrast.checked = root.dataset.contrast === "more";
  contrast.addEventListener("change", () => {
    set("contrast", contrast.checked ? "more" : null);
    store("contrast", contrast.checked ? "more" : "usual");
  });
}

/**
 * @param {"theme" | "contrast"} name
 * @param {string | null} value
 */
function set(name, value) {
  if (value === null) delete root.dataset[name];
  else root.dataset[name] = value;
}
