// @ts-check
// How a list is refreshed by itself, in words: playlists/living_words.py says the same.

import { noticed, unnoticed } from "./notices.js";
import { gettext, interpolate } from "./words.js";

/** @typedef {import("./protocol.js").Refresh} Refresh */
/** @typedef {import("./state.js").State} State */

/** The key of the notice of a refresh; closing it puts it away in all tabs. */
export const REFRESHED = "refresh";

const NEXT = {
  day: gettext("Refreshed every day, next on %(day)s"),
  week: gettext("Refreshed every week, next on %(day)s"),
  month: gettext("Refreshed every month, next on %(day)s"),
};

const ENDED = {
  made: gettext("Refreshed on %(day)s: +%(added)s −%(removed)s"),
  nothing_new: gettext("Nothing else that fits was found on %(day)s, so the list stays as it is."),
  empty: gettext("There was nothing in the list to refresh on %(day)s."),
  failed: gettext("Refreshing failed on %(day)s. It is tried again at the next time."),
};

/**
 * How often, and when next; "" where a list isn't refreshed.
 * @param {Refresh | null | undefined} refresh
 */
export function scheduleWords(refresh) {
  if (!refresh) return "";
  if (refresh.is_paused) return gettext("Refreshing rests");
  return interpolate(NEXT[refresh.every], { day: dayOf(refresh.due_at) });
}

/**
 * How the last refresh ended; "" where that was put away, or there was none.
 * @param {Refresh | null | undefined} refresh
 */
export function noticeWords(refresh) {
  const last = refresh?.last;
  if (!last || last.is_seen) return "";
  const { added, removed } = last;
  return interpolate(ENDED[last.outcome], { day: dayOf(last.at), added, removed });
}

/**
 * Tell how the last refresh of the open list ended, until that is put away.
 * @param {State} state
 * @returns {State}
 */
export function refreshTold(state) {
  const words = noticeWords(state.playlist?.refresh);
  return words === "" ? unnoticed(state, REFRESHED) : noticed(state, REFRESHED, words, false);
}

/** @param {string} moment as ISO 8601 has it */
function dayOf(moment) {
  const language = globalThis.document?.documentElement.lang || "en-GB";
  // "30 November", as the pages write days.
  const spoken = language === "en" ? "en-GB" : language;
  return new Intl.DateTimeFormat(spoken, { day: "numeric", month: "long" }).format(new Date(moment));
}
