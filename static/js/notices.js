// @ts-check
// What the listener is told at the message box.

/** @typedef {import("./state.js").State} State */

/**
 * @param {State} state
 * @param {string} key
 * @param {string} words
 * @param {boolean} isError
 * @returns {State}
 */
export function noticed(state, key, words, isError) {
  const others = state.notices.filter((n) => n.key !== key && n.words !== words);
  return { ...state, notices: [...others, { key, words, isError }].slice(-3) };
}

/**
 * @param {State} state
 * @param {string} key
 * @returns {State}
 */
export function unnoticed(state, key) {
  return { ...state, notices: state.notices.filter((n) => n.key !== key) };
}
