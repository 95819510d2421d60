// @ts-check
// What stands in the message box when the page is left comes back with it: after a
// reload without a connection, another language, or a look at the playlists.

/** @param {HTMLTextAreaElement} text */
export function keepDraft(text) {
  // Of this tab and this listener alone.
  const key = `draft of ${document.querySelector(".side__name")?.textContent ?? ""}`;
  try {
    if (text.value === "") text.value = sessionStorage.getItem(key) ?? "";
    window.addEventListener("pagehide", () => sessionStorage.setItem(key, text.value));
  } catch {
    // Storage is switched off: the words are kept while the page is open.
  }
}
