// @ts-check
// Closes menus: by a press elsewhere, by Escape, and once something of them was taken.

/** @param {Element | null} [kept] the one that stays open */
function close(kept = null) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== kept) menu.removeAttribute("open");
  }
}

document.addEventListener("click", (event) => {
  const inside = /** @type {Element} */ (event.target);
  close(inside.closest("a") ? null : inside.closest("details.menu"));
});

document.addEventListener("keydown", (event) => {
  const inside = /** @type {Element} */ (event.target).closest("details.menu[open]");
  if (event.key !== "Escape" || !inside) return;
  close();
  inside.querySelector("summary")?.focus();
});
