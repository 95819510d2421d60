// @ts-check
// How work in the background shows: a playlist on its way to a service.

import { noticed, unnoticed } from "./notices.js";
import { gettext, interpolate } from "./words.js";

/** @typedef {import("./protocol.js").Job} Job */
/** @typedef {import("./state.js").State} State */

const SERVICES = /** @type {Record<string, string>} */ ({
  spotify: "Spotify",
  listenbrainz: "ListenBrainz",
});

const REASONS = /** @type {Record<string, string>} */ ({
  busy: gettext("%(service)s is busy. It goes on by itself in a while."),
  quota: gettext(
    "This site has used up what %(service)s lets it ask for now. It goes on by itself later.",
  ),
  down: gettext("%(service)s doesn't answer. It goes on by itself in a while."),
  reconnect: gettext("%(service)s wants to be connected again before anything goes on."),
  not_allowed: gettext(
    "%(service)s doesn't allow it: whoever runs this site has to name you among its users there.",
  ),
  refused: gettext("%(service)s refused it. Saving it again may help."),
});

/**
 * @param {State} state
 * @param {Job} job
 * @returns {State}
 */
export function worked(state, job) {
  if (job.kind !== "save") return state;
  const isError = job.status === "failed";
  // An error is announced otherwise, so it is another notice in the same place.
  const [key, other] = isError ? [`${job.job}!`, job.job] : [job.job, `${job.job}!`];
  const more = job.status === "running" ? { progress: job.progress } : { url: job.url };
  return noticed(unnoticed(state, other), key, words(job), isError, more);
}

/** @param {Job} job */
function words(job) {
  const service = SERVICES[job.service] ?? job.service;
  const told = reasonWords(job) ?? plainWords(job);
  return interpolate(told, { service });
}

/**
 * Only Spotify's apps have a list of users.
 * @param {Job} job
 */
function reasonWords({ reason, service }) {
  if (reason === "not_allowed" && service !== "spotify") {
    return gettext("%(service)s doesn't allow it to your account.");
  }
  return REASONS[reason];
}

/** @param {Job} job */
function plainWords(job) {
  if (job.status !== "done") return gettext("The playlist is on its way to %(service)s.");
  return job.url
    ? gettext("The playlist is at %(service)s.")
    : gettext("The playlist is no longer at %(service)s.");
}
