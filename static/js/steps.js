// @ts-check
// The welcome: three steps in a dialog. It opens of itself for a new account, and from
// the help whenever it is asked for; the server remembers that it was seen.

import { byId, slot } from "./render/dom.js";

export function makeSteps() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("steps"));
  const form = /** @type {HTMLFormElement} */ (byId("steps-form"));
  const steps = /** @type {HTMLElement[]} */ ([...dialog.querySelectorAll(".steps__step")]);
  const dots = [...dialog.querySelectorAll(".steps__dots > i")];
  let at = 0;

  /** @param {string} act */
  const button = (act) =>
    /** @type {HTMLElement} */ (form.querySelector(`[data-act="${act}"]`));

  /** @param {number} step */
  function show(step) {
    at = step;
    const isLast = at === steps.length - 1;
    for (const [index, element] of steps.entries()) element.hidden = index !== at;
    for (const [index, dot] of dots.entries()) dot.classList.toggle("is-on", index === at);
    button("leave-steps").hidden = isLast;
    button("previous-step").hidden = at === 0;
    button("next-step").hidden = isLast;
    slot(form, "begin").hidden = !isLast;
    // The heading takes the focus, so that each step is read out from its top.
    steps[at]?.querySelector("h3")?.focus();
  }

  function open() {
    if (!dialog.open) dialog.showModal();
    show(0);
  }

  // Whichever way it is left, by Escape too, once is enough.
  dialog.addEventListener("close", () => {
    if (!("new" in dialog.dataset)) return;
    delete dialog.dataset.new;
    const body = new FormData(form);
    // Also when the page is left at once.
    fetch(form.action, { method: "POST", body, keepalive: true }).catch((error) => {
      // It comes once more then.
      console.warn(error);
    });
  });

  if ("new" in dialog.dataset) open();
  return {
    open,
    next: () => show(at + 1),
    previous: () => show(at - 1),
    leave: () => dialog.close(),
  };
}
