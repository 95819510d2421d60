// @ts-check
// The message box: Enter sends, Shift and Enter begin a line, and it grows with its words.

/**
 * @param {object} options
 * @param {HTMLFormElement} options.form
 * @param {HTMLTextAreaElement} options.text
 * @param {(words: string) => boolean} options.say returns whether the words went out
 * @param {() => void} options.onChange
 */
export function makeComposer({ form, text, say, onChange }) {
  function changed() {
    fit();
    onChange();
  }

  /** Where the browser doesn't let the box grow by itself. */
  function fit() {
    if (CSS.supports("field-sizing", "content")) return;
    text.style.blockSize = "auto";
    text.style.blockSize = `${text.scrollHeight}px`;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!say(text.value)) return;
    text.value = "";
    changed();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  text.addEventListener("input", changed);

  return { fit };
}
