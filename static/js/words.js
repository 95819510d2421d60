// @ts-check
// The words that scripts say, in the page's language. The catalog comes as a script of
// its own before this one (personalais/languages.py); English pages have none, nor has
// node, and then the words are those that stand in the code.

/** @typedef {{gettext: (words: string) => string, ngettext: (one: string, many: string, count: number) => string}} Catalog */

const { django = /** @type {Catalog | undefined} */ (undefined) } =
  /** @type {{django?: Catalog}} */ (/** @type {unknown} */ (globalThis));
export const isEnglish = !django;
const isRightToLeft = globalThis.document?.documentElement.dir === "rtl";

/** @param {string} words */
export function gettext(words) {
  return django ? django.gettext(words) : words;
}

/**
 * @param {string} one
 * @param {string} many
 * @param {number} count
 */
export function ngettext(one, many, count) {
  if (django) return django.ngettext(one, many, count);
  return count === 1 ? one : many;
}

/**
 * Put values in the places of words: "%(title)s" is where `title` goes. From right to
 * left each value is set apart, so that a title in Latin letters keeps its full stop.
 * @param {string} words
 * @param {Record<string, string | number>} values
 */
export function interpolate(words, values) {
  return words.replace(/%\((\w+)\)s/g, (_whole, name) =>
    isRightToLeft ? `\u2068${values[name]}\u2069` : String(values[name]),
  );
}
