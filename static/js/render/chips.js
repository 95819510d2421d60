// @ts-check
// What is taken as given, drawn as chips; a change of it is read out once.

import { STRENGTHS, busyChips } from "../given.js";
import { labelOf } from "../labels.js";
import { gettext, interpolate } from "../words.js";
import { byId, fromTemplate, keyed, setAttribute, setText, slot } from "./dom.js";

/** @typedef {import("../protocol.js").Constraint} Constraint */
/** @typedef {import("../state.js").State} State */

/** @param {State} state */
export function renderChips(state) {
  const busy = busyChips(state);
  byId("chips").hidden = state.constraints.length === 0;
  keyed(byId("chips-list"), state.constraints, {
    key: (chip) => chip.id,
    make: () => fromTemplate("chip-template"),
    update: (element, chip) => update(element, chip, busy.has(chip.id)),
  });
  setText(byId("chips-said"), state.given);
}

/**
 * @param {HTMLElement} element
 * @param {Constraint} chip
 * @param {boolean} isBusy
 */
function update(element, chip, isBusy) {
  setText(slot(element, "strength"), STRENGTHS[chip.strength]);
  const label = labelOf(chip);
  setText(slot(element, "label"), label);
  setAttribute(element, "data-strength", chip.strength);
  setAttribute(element, "aria-busy", isBusy ? "true" : null);
  const [toggle, off] = element.querySelectorAll("button");
  const canTurn = chip.can.includes("hard") && chip.can.includes("soft");
  setAttribute(toggle, "aria-disabled", canTurn && !isBusy ? null : "true");
  setAttribute(toggle, "title", canTurn ? turning(chip) : gettext("It can only be kept, or let go of"));
  setAttribute(off, "aria-disabled", isBusy ? "true" : null);
  setAttribute(off, "aria-label", interpolate(gettext("Let go of “%(label)s”"), { label }));
}

/** @param {Constraint} chip */
function turning(chip) {
  return chip.strength === "hard"
    ? gettext("Make it a wish: others may come in where too few are like that")
    : gettext("Make it a must: nothing else comes in");
}
