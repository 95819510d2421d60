// @ts-check
// The playlist's title, changed where it stands.

import { byId } from "./render/dom.js";

/**
 * @param {object} options
 * @param {() => string} options.title
 * @param {(title: string) => void} options.onRename
 */
export function bindTitle({ title, onRename }) {
  const heading = byId("panel-title");
  const form = /** @type {HTMLFormElement} */ (byId("panel-rename"));
  const input = /** @type {HTMLInputElement} */ (byId("panel-rename-input"));

  /** @param {boolean} isOpen */
  function show(isOpen) {
    form.hidden = !isOpen;
    heading.classList.toggle("visually-hidden", isOpen);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = input.value.trim();
    if (wanted && wanted !== title()) onRename(wanted);
    show(false);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    show(false);
  });

  return {
    open() {
      show(true);
      input.value = title();
      input.select();
    },
  };
}
