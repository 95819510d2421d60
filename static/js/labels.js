// @ts-check
// What stands on a chip, in the page's language. The agent speaks English: of each kind
// these are the forms in which chat/agent/labels.py and chips.py write it. Names, and the
// listener's own words, stay as they are. Pure.

import { inWords } from "./render/dom.js";
import { gettext, interpolate, isEnglish, ngettext } from "./words.js";

/** @typedef {import("./protocol.js").Constraint} Constraint */
/** @typedef {[RegExp, string]} Form what a label is like, and the same in other words */

/** @type {Record<string, Form[]>} */
const FORMS = {
  genre: [
    [/^(?<genre>.+), but (?<others>.+)$/, gettext("%(genre)s, but %(others)s")],
    [/^(?<genre>.+), with exceptions$/, gettext("%(genre)s, with exceptions")],
  ],
  artist: [[/^an artist$/, gettext("an artist")]],
  years: [
    [/^any year$/, gettext("any year")],
    [/^until (?<year>\d+)$/, gettext("until %(year)s")],
    [/^from (?<year>\d+)$/, gettext("from %(year)s on")],
    [/^(?<decade>\d+)s$/, gettext("the %(decade)ss")],
    [/^(?<first>\d+) to (?<last>\d+)$/, gettext("%(first)s to %(last)s")],
  ],
  tempo: [
    [/^up to (?<beats>\d+) BPM$/, gettext("up to %(beats)s BPM")],
    [/^from (?<beats>\d+) BPM$/, gettext("from %(beats)s BPM")],
    [/^(?<low>\d+) to (?<high>\d+) BPM$/, gettext("%(low)s to %(high)s BPM")],
  ],
  duration: [
    [/^songs up to (?<high>\S+)$/, gettext("songs up to %(high)s")],
    [/^songs of (?<low>\S+) to (?<high>\S+)$/, gettext("songs of %(low)s to %(high)s")],
    [/^songs from (?<low>\S+)$/, gettext("songs from %(low)s")],
  ],
  language: [[/^in (?<language>.+)$/, gettext("in %(language)s")]],
  version: [
    [/^no (?<versions>.+)$/, gettext("no %(versions)s")],
    [/^(?<versions>.+)$/, "%(versions)s"],
  ],
  instrumental: [
    [/^instrumental$/, gettext("instrumental")],
    [/^with vocals$/, gettext("with vocals")],
  ],
  explicit: [
    [/^explicit$/, gettext("explicit")],
    [/^nothing explicit$/, gettext("nothing explicit")],
  ],
  unheard: [[/^not heard lately$/, gettext("not heard lately")]],
  instrument: [
    [/^with (?<instrument>.+)$/, gettext("with %(instrument)s")],
    [/^without (?<instrument>.+)$/, gettext("without %(instrument)s")],
  ],
  place: [[/^from (?<country>.+)$/, gettext("from %(country)s")]],
  mood: [
    [/^low (?<attribute>\w+)$/, gettext("low %(attribute)s")],
    [/^middling (?<attribute>\w+)$/, gettext("middling %(attribute)s")],
    [/^high (?<attribute>\w+)$/, gettext("high %(attribute)s")],
    [/^(?<place>.+)$/, "%(place)s"],
  ],
  words: [[/^about “(?<words>.+)”$/, gettext("about “%(words)s”")]],
  seeds: [[/^near (?<songs>.+)$/, gettext("near %(songs)s")]],
  library: [
    [/^near your liked songs at (?<service>.+)$/, gettext("near your liked songs at %(service)s")],
    [/^near your top songs at (?<service>.+)$/, gettext("near your top songs at %(service)s")],
    [
      /^near what you played last at (?<service>.+)$/,
      gettext("near what you played last at %(service)s"),
    ],
    [/^near your playlists at (?<service>.+)$/, gettext("near your playlists at %(service)s")],
    [
      /^near a playlist of yours at (?<service>.+)$/,
      gettext("near a playlist of yours at %(service)s"),
    ],
    [/^near your music at (?<service>.+)$/, gettext("near your music at %(service)s")],
  ],
  size: [[/^(?<songs>\d+ songs?)$/, "%(songs)s"]],
  length: [[/^(?<lasting>.+) long$/, gettext("%(lasting)s long")]],
  order: [
    [/^for mixing$/, gettext("for mixing")],
    [/^from (?<start>.+) to (?<end>.+)$/, gettext("from %(start)s to %(end)s")],
  ],
};

// Words that stand in those forms; those of places of the mood plane are in moods.js.
/** @type {Record<string, string>} */
const PARTS = {
  "acoustic versions": gettext("acoustic versions"),
  covers: gettext("covers"),
  demos: gettext("demos"),
  edits: gettext("edits"),
  "instrumental versions": gettext("instrumental versions"),
  "karaoke versions": gettext("karaoke versions"),
  "live versions": gettext("live versions"),
  "original versions": gettext("original versions"),
  remasters: gettext("remasters"),
  remixes: gettext("remixes"),
  energy: gettext("energy"),
  valence: gettext("valence"),
  tempo: gettext("tempo"),
  danceability: gettext("danceability"),
  accordion: gettext("accordion"),
  "acoustic guitar": gettext("acoustic guitar"),
  bass: gettext("bass"),
  cello: gettext("cello"),
  choir: gettext("choir"),
  clarinet: gettext("clarinet"),
  drums: gettext("drums"),
  "electric guitar": gettext("electric guitar"),
  "female vocals": gettext("female vocals"),
  flute: gettext("flute"),
  guitar: gettext("guitar"),
  harmonica: gettext("harmonica"),
  horns: gettext("horns"),
  keyboard: gettext("keyboard"),
  lyrics: gettext("lyrics"),
  "male vocals": gettext("male vocals"),
  orchestra: gettext("orchestra"),
  organ: gettext("organ"),
  percussion: gettext("percussion"),
  piano: gettext("piano"),
  saxophone: gettext("saxophone"),
  strings: gettext("strings"),
  synth: gettext("synth"),
  trumpet: gettext("trumpet"),
  violin: gettext("violin"),
  vocals: gettext("vocals"),
};

/**
 * What stands on a chip. Where a label has another form, it is shown as it is.
 * @param {Constraint} chip
 */
export function labelOf(chip) {
  if (isEnglish) return chip.label;
  const isNot = chip.polarity === "exclude" && chip.label.startsWith("not ");
  const label = inForm(chip, isNot ? chip.label.slice("not ".length) : chip.label);
  return isNot ? interpolate(gettext("not %(what)s"), { what: label }) : label;
}

/**
 * @param {Constraint} chip
 * @param {string} label
 */
function inForm(chip, label) {
  for (const [form, words] of FORMS[chip.kind] ?? []) {
    const found = form.exec(label);
    if (found) return interpolate(words, valuesOf(chip, found.groups ?? {}));
  }
  return label;
}

/**
 * @param {Constraint} chip
 * @param {Record<string, string>} groups
 */
function valuesOf(chip, groups) {
  const values = Object.entries(groups).map(([name, value]) => [
    name,
    VALUES[name]?.(value, chip) ?? PARTS[value] ?? value,
  ]);
  return Object.fromEntries(values);
}

/** @type {Record<string, (value: string, chip: Constraint) => string>} */
const VALUES = {
  decade: (value) => (value.length === 2 ? `19${value}` : value),
  place: moodPlace,
  start: moodPlace,
  end: moodPlace,
  language: languageName,
  lasting: lastingWords,
  songs: songsWords,
};

/** @param {string} place "sad, calm", "sad and calm" in a path; else the listener's words */
function moodPlace(place) {
  const parts = place.split(/, | and /);
  const said = parts.map((part) => gettext(part));
  return said.some((words, n) => words === parts[n]) ? place : said.join(gettext(", "));
}

/**
 * @param {string} name
 * @param {Constraint} chip
 */
function languageName(name, { id }) {
  const code = /^language:([a-z]{2,3})\b/.exec(id)?.[1];
  const names = new Intl.DisplayNames(document.documentElement.lang, { type: "language" });
  return (code && names.of(code)) || name;
}

/** @param {string} words "an hour", "1 hour 20 minutes" */
function lastingWords(words) {
  const hours = words === "an hour" ? 1 : Number(/(\d+) hour/.exec(words)?.[1] ?? 0);
  const minutes = Number(/(\d+) minute/.exec(words)?.[1] ?? 0);
  return inWords((hours * 60 + minutes) * 60_000);
}

/** @param {string} words "1 song", "12 songs", or a title */
function songsWords(words) {
  const count = Number(/^(\d+) songs?$/.exec(words)?.[1] ?? 0);
  if (count === 0) return words;
  return interpolate(ngettext("%(count)s song", "%(count)s songs", count), { count });
}
