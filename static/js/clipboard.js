// @ts-check
// The browser's clipboard.

/**
 * Put words on the clipboard. Returns whether the browser has let it.
 * @param {string} words
 * @returns {Promise<boolean>}
 */
export async function copied(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch (error) {
    // Not allowed, or the site is reached without TLS: there is no clipboard then.
    console.warn(error);
    return false;
  }
}
