// @ts-check
// What plays goes on when another page of the site opens in the tab. A page that goes
// leaves the song, its place in it and what follows; the next one takes them up, and
// leaves nothing behind, so that a second tab doesn't begin to play as well.

import { byId } from "./render/dom.js";

/** @typedef {import("./player.js").Carried} Carried */

const KEY = "playing";
/** After a longer way round the song stands where it was, and waits. */
const GOES_ON_MS = 30_000;

/** @param {ReturnType<typeof import("./player.js").makePlayer>} player */
export function carryOn(player) {
  const { listener = "" } = byId("player").dataset;

  function takeUp() {
    const carried = taken(listener);
    if (carried) player.takeUp(carried);
  }

  window.addEventListener("pagehide", () => {
    const carried = player.leaving();
    if (carried) leave(listener, carried);
  });
  // A page that was kept as it stood: the song has gone on elsewhere since.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) takeUp();
  });
  takeUp();
}

/**
 * @param {string} listener
 * @param {Carried} carried
 */
function leave(listener, carried) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ listener, left_ms: Date.now(), carried }));
  } catch {
    // Switched off, or full: the music ends with the page.
  }
}

/**
 * @param {string} listener whose it must be
 * @returns {Carried | null}
 */
function taken(listener) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    sessionStorage.removeItem(KEY);
    if (kept?.listener !== listener) return null;
    const isOn = kept.carried.isOn && Date.now() - kept.left_ms < GOES_ON_MS;
    return { ...kept.carried, isOn };
  } catch {
    return null;
  }
}
