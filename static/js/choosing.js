// @ts-check
// What a listener chooses rather than says: chips, and places of the plane of moods. Each
// is a message to the server; what can't go out is told at once.

import { bindChips } from "./chips.js";
import { bindPlane } from "./plane.js";
import { queuedTurn, runningTurn } from "./state.js";
import { whyNot } from "./render/foot.js";
import { gettext } from "./words.js";

/** @typedef {import("./protocol.js").ClientFrame} ClientFrame */
/** @typedef {import("./protocol.js").PlanePoint} PlanePoint */
/** @typedef {import("./protocol.js").Strength} Strength */
/** @typedef {import("./reduce.js").LocalAction} LocalAction */
/** @typedef {import("./state.js").State} State */

/**
 * @param {object} options
 * @param {() => State} options.state
 * @param {(action: LocalAction) => void} options.dispatch
 * @param {(frame: ClientFrame) => boolean} options.send
 * @param {() => string} options.newId
 * @param {(key: string, words: string) => void} options.tell
 */
export function bindChoosing({ state, dispatch, send, newId, tell }) {
  /** Why nothing can be chosen now; "" when it can. */
  function hindrance() {
    const isNew = state().conversation === null;
    if (queuedTurn(state()) || (isNew && runningTurn(state()))) {
      return gettext("One moment: a message waits already. Wait for it, or take it back.");
    }
    return whyNot(state()) && gettext("No connection just now, so nothing was changed.");
  }

  /**
   * @param {ClientFrame & {id: string}} frame
   * @param {string} chip
   */
  function choose(frame, chip) {
    const why = hindrance();
    if (why !== "") {
      tell("choice", why);
      return false;
    }
    // The state first: the answer may come before this function ends.
    dispatch({ type: "local.chosen", id: frame.id, chip });
    return send(frame);
  }

  /**
   * Make a chip a must or a wish, or let go of it. Returns whether that went out.
   * @param {string} constraint
   * @param {Strength} value
   */
  function setConstraint(constraint, value) {
    const { conversation, seq } = state();
    if (conversation === null) return false;
    const id = newId();
    return choose(
      { type: "constraint.set", id, conversation, constraint, value, base: seq },
      constraint,
    );
  }

  /**
   * Ask for the mood at a place, or for a path from there to another one. Returns whether
   * that went out.
   * @param {PlanePoint} start
   * @param {PlanePoint | null} end
   */
  function setMood(start, end) {
    /** @type {Extract<ClientFrame, {type: "mood.set"}> & {id: string}} */
    const frame = { type: "mood.set", id: newId(), start };
    const { conversation } = state();
    if (conversation) frame.conversation = conversation;
    if (end) frame.end = end;
    return choose(frame, "");
  }

  const chips = bindChips({ state, set: setConstraint });
  const plane = bindPlane({ state, set: setMood });
  return {
    draw() {
      chips.draw();
      plane.draw();
    },
  };
}
