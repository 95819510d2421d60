// @ts-check
// The choice between light, dark and what the system says.

const root = document.documentElement;

export function bindLooks() {
  const chosen = root.dataset.theme ?? "auto";
  for (const input of document.querySelectorAll("input[name=theme]")) {
    const radio = /** @type {HTMLInputElement} */ (input);
    radio.checked = radio.value === chosen;
    radio.addEventListener("change", () => choose(radio.value));
  }
}

/** @param {string} theme */
function choose(theme) {
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Storage is switched off: the choice holds for this page.
  }
}
