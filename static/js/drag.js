// @ts-check
// Moving songs of the playlist with the mouse; by keyboard it is Alt with the arrows.

/**
 * @param {HTMLElement} rows
 * @param {(row: string, over: string) => void} onDrop by their keys
 */
export function bindDrag(rows, onDrop) {
  /** @type {HTMLElement | null} */
  let dragged = null;

  /** @param {Event} event */
  const rowOf = (event) =>
    /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".row"));

  /** @param {HTMLElement | null} over */
  function mark(over) {
    for (const row of rows.children) {
      const isTarget = row === over && row !== dragged;
      const isBelow = isTarget && indexOf(row) > indexOf(dragged);
      row.classList.toggle("is-dropping", isTarget && !isBelow);
      row.classList.toggle("is-dropping-below", isBelow);
    }
  }

  /** @param {Element | null} row */
  const indexOf = (row) => [...rows.children].findIndex((child) => child === row);

  rows.addEventListener("dragstart", (event) => {
    dragged = rowOf(event);
    event.dataTransfer?.setData("text/plain", dragged?.dataset.track ?? "");
    // Moved within the list, or copied into the message (mentions.js).
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "copyMove";
  });
  rows.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "move";
    mark(rowOf(event));
  });
  rows.addEventListener("drop", (event) => {
    const over = rowOf(event);
    if (!dragged || !over) return;
    event.preventDefault();
    // Taking the song out first shifts those below it up: its new place is simply the
    // place of the one that it was dropped on, from either side.
    if (over !== dragged) onDrop(dragged.dataset.key ?? "", over.dataset.key ?? "");
  });
  rows.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });
}
