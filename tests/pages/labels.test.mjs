// Chips in another language than English. test_labels.py runs this file, with the chips
// that the agent makes in CHIPS; here the other language is English in capitals.

import assert from "node:assert/strict";
import { test } from "node:test";

const capitals = (words) =>
  words.replace(/%\(\w+\)s|\w+/g, (part) => (part[0] === "%" ? part : part.toUpperCase()));
globalThis.django = {
  gettext: (words) => (words === "warm" ? words : capitals(words)),
  ngettext: (one, many, count) => capitals(count === 1 ? one : many),
};
globalThis.document = { documentElement: { lang: "el", dir: "ltr" } };
const { labelOf } = await import("../../static/js/labels.js");
const { changeSaid } = await import("../../static/js/given.js");

const chip = (kind, label, more = {}) => ({
  id: kind,
  kind,
  label,
  strength: "hard",
  polarity: "include",
  can: [],
  ...more,
});
const refused = { polarity: "exclude" };

test("each form that the agent writes has other words", () => {
  const chips = JSON.parse(process.env.CHIPS ?? "[]");

  assert.deepEqual(chips.filter((one) => labelOf(one) === one.label), []);
  assert.ok(chips.length > 0);
});

test("names and the listener's own words stay", () => {
  const said = [
    [chip("genre", "jazz"), "jazz"],
    [chip("genre", "not jazz", refused), "NOT jazz"],
    [chip("genre", "rock, but indie rock"), "rock, BUT indie rock"],
    [chip("artist", "Not Drowning, Waving"), "Not Drowning, Waving"],
    [chip("artist", "not Not From Here", refused), "NOT Not From Here"],
    [chip("mood", "warm and cosy"), "warm and cosy"],
    [chip("place", "from Trinidad and Tobago"), "FROM Trinidad and Tobago"],
    [chip("words", "about “the sea”"), "ABOUT “the sea”"],
    [chip("seeds", "near So What by Ada"), "NEAR So What by Ada"],
    [chip("new kind", "as it comes"), "as it comes"],
  ];

  for (const [one, words] of said) assert.equal(labelOf(one), words);
});

test("values are put in the page's own way", () => {
  const said = [
    [chip("years", "90s"), "THE 1990S"],
    [chip("years", "not 2010s", refused), "NOT THE 2010S"],
    [chip("mood", "sad, calm"), "SAD, CALM"],
    [chip("order", "from a bit sad to cheerful and energetic"), "FROM A BIT SAD TO CHEERFUL, ENERGETIC"],
    [chip("language", "in Greek", { id: "language:el" }), "IN Ελληνικά"],
    [chip("language", "in Elvish", { id: "language:x" }), "IN Elvish"],
    [chip("length", "1 hour 20 minutes long"), "1 H 20 MIN LONG"],
    [chip("length", "an hour long"), "1 H 0 MIN LONG"],
    [chip("instrument", "without drums", refused), "WITHOUT DRUMS"],
    [chip("seeds", "near 3 songs"), "NEAR 3 SONGS"],
    [chip("size", "1 song"), "1 SONG"],
  ];

  for (const [one, words] of said) assert.equal(labelOf(one), words);
  assert.equal(
    changeSaid([chip("size", "6 songs")], [chip("years", "90s")]),
    "ASKED FOR NOW: MUST THE 1990S. NO LONGER: 6 SONGS.",
  );
});
