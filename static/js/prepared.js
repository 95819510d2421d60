// @ts-check
// A message that another page has prepared: `/new/?say=more like Rain`. It is put into
// the box and never sent by itself, as any site could link here.

/**
 * @param {HTMLTextAreaElement} text
 * @returns {boolean} whether there was one
 */
export function takePrepared(text) {
  const address = new URL(location.href);
  const words = address.searchParams.get("say")?.trim().slice(0, text.maxLength);
  if (!words) return false;
  address.searchParams.delete("say");
  // Once sent, it shouldn't come back with the page.
  history.replaceState(history.state, "", address);
  text.value = words;
  return true;
}
