// @ts-check
// The review desk by keyboard: a key presses what carries it (data-key), in the list and
// at a record. Without it, all is buttons and links.

(() => {
  const SWITCH = "desk-keys";
  const keys = /** @type {HTMLDetailsElement | null} */ (
    document.querySelector("[data-desk-keys]")
  );
  if (!keys) return;
  keys.hidden = false;

  const box = /** @type {HTMLInputElement} */ (keys.querySelector("[data-desk-switch]"));
  try {
    box.checked = localStorage.getItem(SWITCH) !== "off";
  } catch {
    // Storage may be switched off; keys are on then.
  }
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(SWITCH, box.checked ? "on" : "off");
    } catch {
      // It holds for this page.
    }
  });

  const reasons = /** @type {HTMLElement | null} */ (document.querySelector(".desk-reasons"));
  const rows = () => [
    .../** @type {NodeListOf<HTMLTableRowElement>} */ (
      document.querySelectorAll("#result_list tbody tr")
    ),
  ];

  /** @param {Element | null} target */
  const takesKeys = (target) =>
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !["checkbox", "radio"].includes(target.type));

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {Element} */ (event.target);
    if (event.key === "Escape" && target instanceof HTMLElement) target.blur();
    if (takesKeys(target) || !box.checked || event.repeat) return;
    if (reason(event.key) || press(event.key) || row(event.key)) event.preventDefault();
  });

  /**
   * While one is asked for a reason, its number gives it.
   * @param {string} key
   */
  function reason(key) {
    if (!reasons?.contains(document.activeElement)) return false;
    const button = reasons.querySelector(`[data-digit="${CSS.escape(key)}"]`);
    if (!(button instanceof HTMLElement)) return false;
    button.click();
    return true;
  }

  /** @param {string} key */
  function press(key) {
    if (key === "?") {
      if (keys) keys.open = !keys.open;
      return true;
    }
    const held = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!(held instanceof HTMLElement)) return false;
    if (held === reasons) held.querySelector("button")?.focus();
    else if (held.matches("summary")) edit(held);
    else held.click();
    return true;
  }

  /** @param {HTMLElement} summary */
  function edit(summary) {
    const details = /** @type {HTMLDetailsElement} */ (summary.parentElement);
    details.open = true;
    details.querySelector("textarea")?.focus();
  }

  /**
   * In the list: walk, select, and do something to what is selected.
   * @param {string} key
   */
  function row(key) {
    const all = rows();
    if (all.length === 0) return false;
    const at = all.findIndex((one) => one.contains(document.activeElement));
    switch (key) {
      case "j":
        walk(all[Math.min(at + 1, all.length - 1)]);
        return true;
      case "k":
        walk(all[Math.max(at - 1, 0)]);
        return true;
      case "x":
        if (at >= 0) all[at].querySelector("input")?.click();
        return at >= 0;
      case "a":
        return act("approve", all[at]);
      case "r":
        return act("reject", all[at]);
      default:
        return false;
    }
  }

  /** @param {HTMLTableRowElement} to */
  function walk(to) {
    to.querySelector("a")?.focus();
    to.scrollIntoView({ block: "nearest" });
  }

  /**
   * Do it to the selected rows; where there are none, to the one with the focus.
   * @param {string} action
   * @param {HTMLTableRowElement | undefined} here
   */
  function act(action, here) {
    const form = /** @type {HTMLFormElement} */ (document.getElementById("changelist-form"));
    const choice = /** @type {HTMLSelectElement | null} */ (
      form.querySelector("select[name=action]")
    );
    if (!choice) return false;
    if (!form.querySelector(".action-select:checked")) here?.querySelector("input")?.click();
    choice.value = action;
    /** @type {HTMLElement} */ (form.querySelector("button[name=index]")).click();
    return true;
  }
})();
