// @ts-check
// The playlist's title and description, changed where they stand.

import { byId } from "./render/dom.js";

/** @typedef {import("./protocol.js").Op} Op */

/**
 * @param {object} options
 * @param {() => string} options.title
 * @param {() => string} options.description
 * @param {(ops: Op[]) => void} options.onChange
 */
export function bindTitle({ title, description, onChange }) {
  const heading = byId("panel-title");
  const form = /** @type {HTMLFormElement} */ (byId("panel-rename"));
  const input = /** @type {HTMLInputElement} */ (byId("panel-rename-input"));
  const about = /** @type {HTMLTextAreaElement} */ (byId("panel-describe-input"));

  /** @param {boolean} isOpen */
  function show(isOpen) {
    form.hidden = !isOpen;
    heading.classList.toggle("visually-hidden", isOpen);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = input.value.trim();
    const told = about.value.trim();
    /** @type {Op[]} */
    const ops = [];
    if (wanted && wanted !== title()) ops.push({ op: "rename", title: wanted });
    if (told !== description()) ops.push({ op: "describe", description: told });
    if (ops.length > 0) onChange(ops);
    show(false);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    show(false);
  });

  return {
    open() {
      show(true);
      input.value = title();
      about.value = description();
      input.select();
    },
  };
}
