// @ts-check
// Shows a password while it is typed, for whoever asks.

document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-act=show-password]");
  const input = button && document.getElementById(button.getAttribute("aria-controls") ?? "");
  if (!(button && input instanceof HTMLInputElement)) return;
  const isShown = input.type === "password";
  input.type = isShown ? "text" : "password";
  button.setAttribute("aria-pressed", String(isShown));
});

// A password field that is sent as text would be remembered like any other words.
document.addEventListener("submit", () => {
  for (const button of document.querySelectorAll("[data-act=show-password]")) {
    const input = document.getElementById(button.getAttribute("aria-controls") ?? "");
    if (input instanceof HTMLInputElement) input.type = "password";
  }
});
