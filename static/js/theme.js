// @ts-check
// Runs before the first paint, so that a chosen look doesn't flash the other one.
// A classic script on purpose: modules run too late.

(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage may be switched off; the system's look is used then.
  }
})();
