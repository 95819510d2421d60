// @ts-check
// The few things that every part of the page does with elements. Words from the server
// or the listener only ever become text, never HTML.

import { gettext, interpolate } from "../words.js";

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}`);
  return element;
}

/**
 * A copy of the one element in a <template>.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function fromTemplate(id) {
  const template = /** @type {HTMLTemplateElement} */ (byId(id));
  const first = template.content.firstElementChild;
  if (!first) throw new Error(`#${id} is empty`);
  return /** @type {HTMLElement} */ (first.cloneNode(true));
}

/**
 * @param {Element} root
 * @param {string} name
 * @returns {HTMLElement}
 */
export function slot(root, name) {
  const element = root.querySelector(`[data-slot="${name}"]`);
  if (!element) throw new Error(`No slot ${name}`);
  return /** @type {HTMLElement} */ (element);
}

/**
 * Set text only where it differs, so that a selection and a reader aren't disturbed.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | null} value null takes the attribute away
 */
export function setAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** @type {WeakMap<Element, unknown[]>} */
const drawnFrom = new WeakMap();

/**
 * Whether an element was drawn from the very same before, so that nothing is to be done.
 * @param {Element} element
 * @param {...unknown} from all that its drawing depends on
 */
export function isDrawn(element, ...from) {
  const before = drawnFrom.get(element);
  drawnFrom.set(element, from);
  return before !== undefined && from.every((one, index) => one === before[index]);
}

/**
 * Show another icon of the sprite in a button.
 * @param {Element} root
 * @param {string} name
 */
export function setIcon(root, name) {
  const use = root.querySelector("use");
  const sheet = byId("app").dataset.icons;
  if (use) setAttribute(use, "href", `${sheet}#${name}`);
}

/**
 * Make a list's children match items: kept where they were, moved, made or taken out.
 * The focus stays with its element when that moves. `make` is given the element that the
 * server drew for the item, if it did, to fill it in instead of making another.
 * @template T
 * @param {Element} list
 * @param {T[]} items
 * @param {{key: (item: T, index: number) => string, make: (item: T, drawn?: HTMLElement) => HTMLElement, update: (element: HTMLElement, item: T, index: number) => void}} how
 */
export function keyed(list, items, { key, make, update }) {
  const focused = document.activeElement;
  /** @type {Map<string, HTMLElement>} */
  const old = new Map();
  for (const child of [...list.children]) {
    const element = /** @type {HTMLElement} */ (child);
    // What the server drew has no key yet: of songs and messages it says whose it is.
    const { key: known, track, message } = element.dataset;
    const said = known ?? track ?? message;
    // A song that stands several times: see `rowKeys`.
    let name = said;
    for (let nth = 2; name && old.has(name); nth += 1) name = `${said} ${nth}`;
    if (name) old.set(name, element);
    else element.remove();
  }
  let place = list.firstElementChild;
  items.forEach((item, index) => {
    const name = key(item, index);
    let element = old.get(name);
    old.delete(name);
    if (!element?.dataset.key) {
      element = make(item, element);
      element.dataset.key = name;
    }
    if (element === place) place = place.nextElementSibling;
    else list.insertBefore(element, place);
    update(element, item, index);
  });
  for (const gone of old.values()) gone.remove();
  if (focused instanceof HTMLElement && focused !== document.activeElement) {
    if (list.contains(focused)) focused.focus({ preventScroll: true });
  }
}

/**
 * "3:07", "1:02:09"; an en dash where nobody knows.
 * @param {number | null} ms
 */
export function clock(ms) {
  if (ms === null || !Number.isFinite(ms)) return "–";
  const all_s = Math.round(ms / 1000);
  const hours = Math.floor(all_s / 3600);
  const minutes = Math.floor((all_s % 3600) / 60);
  const seconds = String(all_s % 60).padStart(2, "0");
  if (hours === 0) return `${minutes}:${seconds}`;
  return `${hours}:${String(minutes).padStart(2, "0")}:${seconds}`;
}

/**
 * "1 h 12 min", "9 min", "40 s".
 * @param {number} ms
 */
export function inWords(ms) {
  const minutes = Math.round(ms / 60_000);
  const told = { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  if (ms < 60_000) {
    return interpolate(gettext("%(seconds)s s"), { seconds: Math.round(ms / 1000) });
  }
  if (minutes < 60) return interpolate(gettext("%(minutes)s min"), told);
  return interpolate(gettext("%(hours)s h %(minutes)s min"), told);
}
