// @ts-check
// Runs before the first paint, so that a chosen look doesn't flash the other one.
// A classic script on purpose: modules run too late.

(() => {
  const root = document.documentElement;
  root.classList.add("js");
  let contrast = null;
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    contrast = localStorage.getItem("contrast");
  } catch {
    // Storage may be switched off; the system's look is used then.
  }
  const isAsked = matchMedia("(prefers-contrast: more)").matches;
  if (contrast === "more" || (contrast === null && isAsked)) root.dataset.contrast = "more";
})();
