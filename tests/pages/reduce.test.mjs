// The page's pure parts, by node's own test runner; test_script.py runs this file.

import assert from "node:assert/strict";
import { test } from "node:test";

import { busyChips } from "../../static/js/given.js";
import { listWords, songWords, spaced } from "../../static/js/mentions.js";
import { discInsets } from "../../static/js/map/flat.js";
import { areaOf, drawnAt, isLine, placeWords } from "../../static/js/moods.js";
import { reduce } from "../../static/js/reduce.js";
import { scheduleWords } from "../../static/js/refreshing.js";
import { isRefused, refusedBy } from "../../static/js/refusing.js";
import { clock, inWords } from "../../static/js/render/dom.js";
import { byline } from "../../static/js/render/song.js";
import { waitMs } from "../../static/js/socket.js";
import {
  NO_MOOD,
  changeWords,
  emptyState,
  firstDrawn,
  isUndoable,
  knownTracks,
  queuedTurn,
  rowsComeTo,
  runningTurn,
} from "../../static/js/state.js";

const TALK = "11111111-1111-1111-1111-111111111111";
const OTHER = "22222222-2222-2222-2222-222222222222";

const play = (state, ...actions) => actions.reduce(reduce, state);

const track = (id, reaction = "none") => ({
  id,
  title: `Song ${id}`,
  artists: ["Ada"],
  album: null,
  year: 1959,
  duration_ms: 1000,
  audio_url: "/a",
  cover_url: "/c",
  links: {},
  reasons: [],
  reaction,
});

const playlist = (...tracks) => ({
  id: "p",
  title: "Slow",
  version: 2,
  duration_ms: 0,
  tracks,
  saved_to: [],
  can_undo: true,
});

const hello = { type: "hello", protocol: "personalais.v1", user: "ada", planner: "x" };
const sent = { type: "local.sent", key: "k1", text: "hi", isOut: true };

/** An event of the conversation. */
const event = (seq, type, rest = {}) => ({ conversation: TALK, seq, type, message: "m1", ...rest });
const accepted = (seq, rest = {}) =>
  event(seq, "message.accepted", { id: "k1", text: "hi", title: "Hi", ...rest });
const delta = (seq, text) => event(seq, "message.delta", { text });
const done = (seq, stopped = false) => event(seq, "message.done", { stopped });

const talking = () => play(emptyState(), hello, sent, accepted(1));

test("a message becomes a running turn of a new conversation", () => {
  const state = talking();

  assert.equal(state.conversation, TALK);
  assert.equal(state.title, "Hi");
  assert.equal(state.seq, 1);
  assert.deepEqual(state.talks, [{ id: TALK, title: "Hi", isPinned: false }]);
  assert.equal(state.turns.length, 1);
  assert.equal(state.turns[0].key, "k1");
  assert.equal(runningTurn(state).id, "m1");
  assert.deepEqual(state.waiting, {});
});

test("earlier turns are drawn when they are looked for", () => {
  const said = (id) => ({ id, text: id, reply: "", status: "done", tracks: [], steps: [] });
  const snapshot = {
    conversation: TALK,
    title: "Hi",
    seq: 9,
    messages: ["a", "b", "c", "d"].map(said),
    playlist: null,
    first: 2,
  };
  const opened = play(emptyState(), hello, { type: "local.opened", snapshot });
  const earlier = { type: "local.earlier" };
  const edited = event(10, "message.accepted", {
    message: "e",
    text: "e",
    title: "Hi",
    replaces: "b",
    set_aside: ["b", "c", "d"],
  });

  assert.equal(firstDrawn(opened), 2);
  assert.equal(firstDrawn(play(opened, earlier)), 1);
  assert.equal(firstDrawn(play(opened, earlier, earlier, earlier)), 0);
  // Where those drawn are set aside, what came in their place is drawn, and goes on there.
  assert.equal(firstDrawn(play(opened, edited)), 1);
  assert.equal(firstDrawn(play(opened, edited, earlier)), 0);
  assert.equal(firstDrawn(play(opened, { type: "local.opened", snapshot: null })), 0);
});

test("dots of the map are round where there is room for it", () => {
  assert.deepEqual(discInsets(1), [0]);
  assert.deepEqual(discInsets(2), [0, 0]);
  assert.deepEqual(discInsets(8), [2, 1, 0, 0, 0, 0, 1, 2]);
});

test("words join and the reply ends", () => {
  const state = play(talking(), delta(2, "Hello "), delta(3, "you."), done(4));

  assert.equal(state.turns[0].reply, "Hello you.");
  assert.equal(state.turns[0].status, "done");
  assert.equal(runningTurn(state), undefined);
});

test("an event that comes twice counts once", () => {
  const state = play(talking(), delta(2, "Hello"), delta(2, "Hello"), delta(1, "x"));

  assert.equal(state.turns[0].reply, "Hello");
});

test("after a gap nothing is taken until the resume has filled it", () => {
  const gap = play(talking(), delta(2, "a"), delta(4, "c"));

  assert.equal(gap.hasGap, true);
  assert.equal(gap.seq, 2);
  const filled = play(gap, delta(3, "b"), delta(4, "c"), {
    type: "conversation.resumed",
    conversation: TALK,
    upto: 4,
  });
  assert.equal(filled.turns[0].reply, "abc");
  assert.equal(filled.hasGap, false);
});

test("when other messages stand, the page is to be read anew", () => {
  const taken = { type: "branch.taken_up", conversation: TALK, id: null, standing: [], set_aside: [] };
  const state = play(talking(), { ...taken, seq: 2 });

  assert.equal(state.isStale, true);
  assert.equal(state.seq, 2);
  assert.equal(reduce(state, { type: "local.opened", snapshot: null }).isStale, false);
});

test("a reply that nobody writes any more broke off, and wasn't stopped", () => {
  const broken = { stopped: true, interrupted: true };
  const state = play(talking(), event(2, "message.done", broken));

  assert.equal(state.turns[0].status, "interrupted");
});

test("a stopped reply keeps what was said", () => {
  const state = play(talking(), delta(2, "So far"), done(3, true));

  assert.deepEqual([state.turns[0].reply, state.turns[0].status], ["So far", "stopped"]);
});

test("words that come late for an ended turn are not added twice", () => {
  const snapshot = {
    conversation: TALK,
    title: "Hi",
    seq: 1,
    playlist: null,
    messages: [{ id: "m1", text: "hi", reply: "Whole.", status: "done", tracks: [], steps: [] }],
  };

  const state = play(
    emptyState(),
    { type: "local.opened", snapshot },
    delta(2, "Whole."),
    done(3),
  );

  assert.equal(state.turns[0].reply, "Whole.");
  assert.equal(state.seq, 3);
});

test("another tab's message shows here, once", () => {
  const theirs = accepted(2, { id: null, message: "m2", text: "from there" });

  const state = play(talking(), done(2), { ...theirs, seq: 3 }, { ...theirs, seq: 3 });

  assert.deepEqual(
    state.turns.map((t) => t.text),
    ["hi", "from there"],
  );
});

test("another conversation only moves up in the list", () => {
  const state = play(talking(), {
    ...accepted(1, { id: null, message: "m9", title: "There" }),
    conversation: OTHER,
  });

  assert.equal(state.conversation, TALK);
  assert.equal(state.turns.length, 1);
  assert.deepEqual(
    state.talks.map((t) => t.id),
    [OTHER, TALK],
  );
});

test("a pinned conversation stands above, and stays there when another goes on", () => {
  const talks = ["a", "b", "c"].map((id) => ({ id, title: "-", isPinned: false }));
  const listed = reduce(emptyState(), { type: "local.talks", talks });
  const order = (/** @type {any} */ state) => state.talks.map((/** @type {any} */ t) => t.id).join("");
  const pin = (/** @type {any} */ state, id, is_pinned) =>
    reduce(state, { type: "conversation.pinned", conversation: id, is_pinned });

  const one = pin(listed, "c", true);
  assert.equal(order(one), "cab");
  const two = pin(one, "b", true);
  assert.equal(order(two), "bca");
  assert.equal(order(reduce(two, accepted(1, { conversation: "a" }))), "bca");
  assert.equal(order(reduce(two, accepted(1, { conversation: "d" }))), "bcda");
  assert.equal(order(pin(two, "b", false)), "cba");
});

test("what is found follows a new title, a pin and a deletion", () => {
  const found = ["a", "b"].map((id) => ({ id, title: "-", isPinned: false, excerpt: "…" }));
  const searching = reduce(emptyState(), { type: "local.found", found });

  const state = play(
    searching,
    { type: "conversation.renamed", conversation: "a", title: "A" },
    { type: "conversation.pinned", conversation: "a", is_pinned: true },
    { type: "conversation.deleted", conversation: "b" },
  );

  assert.deepEqual(state.found, [{ id: "a", title: "A", isPinned: true, excerpt: "…" }]);
});

test("a new conversation of another tab does not open here", () => {
  const state = play(emptyState(), hello, accepted(1, { id: null }));

  assert.equal(state.conversation, null);
  assert.equal(state.turns.length, 0);
});

test("a message lost with the line is offered again after the resume", () => {
  const state = play(
    talking(),
    done(2),
    { type: "local.sent", key: "k2", text: "more", isOut: true },
    { type: "local.link", link: "lost" },
    { type: "local.link", link: "connecting" },
    hello,
    { type: "conversation.resumed", conversation: TALK, upto: 2 },
  );

  assert.equal(state.turns[1].status, "unsent");
  assert.deepEqual(state.waiting, {});
});

test("a message sent while a resume is on its way is not taken for lost", () => {
  const state = play(
    talking(),
    done(2),
    { type: "local.link", link: "lost" },
    hello,
    { type: "local.sent", key: "k2", text: "more", isOut: true },
    { type: "conversation.resumed", conversation: TALK, seq: 2 },
    accepted(3, { id: "k2", message: "m2", text: "more" }),
  );

  assert.equal(state.turns.length, 2);
  assert.equal(state.turns[1].status, "running");
});

test("a message that had arrived before the line broke is not sent twice", () => {
  const state = play(
    talking(),
    done(2),
    { type: "local.sent", key: "k2", text: "more", isOut: true },
    { type: "local.link", link: "lost" },
    hello,
    accepted(3, { id: null, message: "m2", text: "more" }),
    { type: "conversation.resumed", conversation: TALK, upto: 3 },
  );

  assert.equal(state.turns.length, 2);
  assert.deepEqual([state.turns[1].key, state.turns[1].status], ["k2", "running"]);
});

test("a first message lost with the line is offered again on the greeting", () => {
  const state = play(emptyState(), hello, sent, { type: "local.link", link: "lost" }, hello);

  assert.equal(state.turns[0].status, "unsent");
});

test("a refused message is unsent, with the server's reason", () => {
  const state = play(emptyState(), hello, sent, {
    type: "error",
    id: "k1",
    code: "busy",
    detail: "Wait for it.",
  });

  assert.equal(state.turns[0].status, "unsent");
  assert.deepEqual(state.notices, [{ key: "busy", words: "Wait for it.", isError: true }]);
});

test("that a reply is still being written is said until it has ended", () => {
  const told = { type: "local.notice", key: "busy", words: "One moment", isError: true };
  const other = { type: "local.notice", key: "edit", words: "No connection", isError: true };
  const keys = (state) => state.notices.map((n) => n.key);
  const busy = play(talking(), told, other, delta(2, "a"));
  assert.deepEqual(keys(busy), ["busy", "edit"]);

  assert.deepEqual(keys(reduce(busy, done(3))), ["edit"]);
  // The end may be lost with the line; the next beginning says it as well.
  const next = accepted(3, { id: null, message: "m2", text: "more" });
  assert.deepEqual(keys(reduce(busy, next)), ["edit"]);
});

test("what was wrong with a message goes when it is said again", () => {
  const refused = play(emptyState(), hello, sent, { type: "error", id: "k1", code: "x", detail: "No." });

  assert.deepEqual(reduce(refused, { type: "local.dropped", key: "k1" }).notices, []);
});

const liked = { type: "local.reacted", id: "r1", track: "a", value: "like", isOut: true };

test("a reaction shows at once and is rolled back on an error", () => {
  const before = play(emptyState(), hello, {
    type: "reaction",
    track: "a",
    value: "dislike",
  });
  const shown = reduce(before, liked);
  assert.equal(shown.reactions.a, "like");

  const refused = reduce(shown, { type: "error", id: "r1", code: "x", detail: "No." });

  assert.equal(refused.reactions.a, "dislike");
  assert.equal(refused.notices.length, 1);
});

test("a reaction is rolled back when the line breaks, and settled by its answer", () => {
  const settled = play(emptyState(), hello, liked, {
    type: "reaction",
    id: "r1",
    track: "a",
    value: "like",
  });
  assert.equal(reduce(settled, { type: "local.link", link: "lost" }).reactions.a, "like");

  const lost = play(emptyState(), hello, liked, { type: "local.link", link: "lost" });
  assert.equal(lost.reactions.a, "none");
});

test("offline, a reaction is not shown as noted", () => {
  const state = reduce(emptyState(), { ...liked, isOut: false });

  assert.equal(state.reactions.a, undefined);
  assert.equal(state.notices.length, 1);
});

test("songs of a reply are shown once each", () => {
  const state = play(
    talking(),
    event(2, "tracks", { tracks: [track("a"), track("b", "like")] }),
    event(3, "tracks", { tracks: [track("b", "like"), track("c")] }),
  );

  assert.deepEqual(
    state.turns[0].tracks.map((t) => t.id),
    ["a", "b", "c"],
  );
  assert.equal(state.reactions.b, "like");
  assert.deepEqual([...knownTracks(state).keys()], ["a", "b", "c"]);
});

test("a step replaces its own beginning", () => {
  const step = { name: "search", detail: "searching" };
  const state = play(
    talking(),
    event(2, "step", { ...step, status: "started" }),
    event(3, "step", { ...step, status: "done" }),
  );

  assert.deepEqual(state.turns[0].steps, [{ ...step, status: "done" }]);
});

test("the playlist follows its newest version and says what changed", () => {
  const change = { author: "agent", words: "x", added: ["b"], removed: ["a"], moved: [] };
  const before = play(talking(), event(2, "playlist", { playlist: playlist(track("a")), change }));
  const state = reduce(before, event(3, "playlist", { playlist: playlist(track("b")), change }));

  assert.deepEqual(
    state.playlist.tracks.map((t) => t.id),
    ["b"],
  );
  assert.equal(changeWords(state.change.change, state.change.titles), "“Song b” added, “Song a” removed");
  assert.equal(isUndoable(state), true);
  assert.equal(isUndoable({ ...state, link: "lost" }), false);
});

test("an edited message takes the place of what it set aside", () => {
  const second = { message: "m2", id: null, text: "more" };
  const state = play(talking(), done(2), accepted(3, second), event(4, "message.done", { message: "m2", stopped: false }));
  assert.deepEqual(state.turns.map((t) => t.id), ["m1", "m2"]);

  const edited = { message: "m3", id: "e1", text: "hello", replaces: "m1", set_aside: ["m1", "m2"] };
  const amended = play(state, { type: "local.amended", id: "e1" }, accepted(5, edited));

  assert.deepEqual(amended.turns.map((t) => [t.id, t.text, t.has_earlier]), [["m3", "hello", true]]);
  assert.deepEqual(amended.waiting, {});
  assert.equal(runningTurn(amended).id, "m3");
});

test("an edit that is refused changes nothing and is told", () => {
  const state = play(talking(), done(2), { type: "local.amended", id: "e1" });

  const refused = reduce(state, { type: "error", id: "e1", code: "set_aside", detail: "Replaced." });

  assert.deepEqual(refused.turns, state.turns);
  assert.deepEqual(refused.waiting, {});
  assert.equal(refused.notices[0].words, "Replaced.");
});

test("changes are told in words", () => {
  const none = { author: "agent", words: "", added: [], removed: [], moved: [] };

  assert.equal(changeWords({ ...none, added: ["a", "b"], moved: ["c"] }, { c: "Rain" }), "2 added, “Rain” moved");
  assert.equal(changeWords(none, {}), "Playlist changed");
});

test("a conversation that is renamed elsewhere is renamed here", () => {
  const rename = { type: "conversation.renamed", conversation: TALK, title: "Rain" };

  const state = reduce(talking(), rename);

  assert.equal(state.title, "Rain");
  assert.deepEqual(state.talks, [{ id: TALK, title: "Rain", isPinned: false }]);
  assert.equal(runningTurn(state).id, "m1");
  const other = reduce(talking(), { ...rename, conversation: OTHER });
  assert.deepEqual([other.title, other.talks], ["Hi", [{ id: TALK, title: "Hi", isPinned: false }]]);
});

const deleted = { type: "conversation.deleted", conversation: TALK };

test("a conversation that is deleted elsewhere closes here, and its reply is over", () => {
  const state = play(talking(), delta(2, "So far"), deleted);

  assert.equal(state.conversation, null);
  assert.deepEqual([state.turns, state.playlist, state.talks, state.waiting], [[], null, [], {}]);
  assert.equal(runningTurn(state), undefined);
  assert.match(state.notices[0].words, /^“Hi” was deleted\./);
  // What its reply still sends has no place to go.
  assert.equal(reduce(state, delta(3, " and on")), state);
});

test("a deleted conversation that is not open only leaves the list", () => {
  const talks = [TALK, OTHER].map((id) => ({ id, title: "-", isPinned: false }));
  const state = play(talking(), { type: "local.talks", talks }, { ...deleted, conversation: OTHER });

  assert.equal(state.conversation, TALK);
  assert.deepEqual(state.talks.map((t) => t.id), [TALK]);
  assert.deepEqual(state.notices, []);
});

test("the tab that deletes a conversation isn't told that it was deleted", () => {
  const state = play(talking(), { type: "local.deleting", conversation: TALK }, deleted);

  assert.equal(state.conversation, null);
  assert.deepEqual(state.notices, []);
});

test("opening another conversation starts clean and keeps what is known of songs", () => {
  const before = play(talking(), { type: "reaction", track: "a", value: "like" });

  const state = reduce(before, { type: "local.opened", snapshot: null });

  assert.deepEqual([state.conversation, state.turns, state.seq], [null, [], 0]);
  assert.equal(state.link, "online");
  assert.equal(state.reactions.a, "like");
  assert.equal(state.talks.length, 1);
});

test("an unknown frame changes nothing", () => {
  const state = talking();

  assert.equal(reduce(state, { type: "something.new" }), state);
});

test("the reducer leaves the former state as it was", () => {
  const state = talking();
  const copy = structuredClone(state);

  play(state, delta(2, "x"), done(3), liked, { type: "local.link", link: "lost" });

  assert.deepEqual(state, copy);
});

test("waits grow to a limit, and chance shortens them", () => {
  assert.deepEqual([0, 1, 2, 20].map((n) => waitMs(n, 0)), [400, 800, 1600, 15000]);
  assert.equal(waitMs(20, 1), 10000);
});

test("times and counts in words", () => {
  assert.deepEqual([0, 61_000, 3_729_000, null].map(clock), ["0:00", "1:01", "1:02:09", "–"]);
  assert.deepEqual([40_000, 540_000, 4_320_000].map(inWords), ["40 s", "9 min", "1 h 12 min"]);
});

test("a song's line names whoever and whatever year is known", () => {
  const named = (artists, year) => byline({ ...track("a"), artists, year }, { withYear: true });

  assert.equal(named(["Ada", "Bob"], 1959), "Ada, Bob · 1959");
  assert.equal(named([], 1959), "1959");
  assert.equal(named(["Ada"], null), "Ada");
  assert.equal(named([], null), "");
});

// --- a message that waits -----------------------------------------------------------

const queued = (seq, rest = {}) =>
  event(seq, "message.queued", { id: "k2", message: "m2", text: "then jazz", ...rest });
const sentToo = { type: "local.sent", key: "k2", text: "then jazz", isOut: true };
const statuses = (state) => state.turns.map((t) => `${t.key} ${t.status}`);

test("a message waits for the end of the reply, and is answered in its place", () => {
  const waits = play(talking(), sentToo, queued(2));

  assert.deepEqual(statuses(waits), ["k1 running", "k2 queued"]);
  assert.equal(waits.seq, 2);
  assert.deepEqual(waits.waiting, {});
  assert.equal(runningTurn(waits)?.key, "k1");
  assert.equal(queuedTurn(waits)?.id, "m2");

  const begun = play(
    waits,
    done(3),
    accepted(4, { id: null, message: "m2", text: "then jazz" }),
    event(5, "message.delta", { message: "m2", text: "Jazz." }),
  );

  assert.deepEqual(statuses(begun), ["k1 done", "k2 running"]);
  assert.equal(begun.turns[1].reply, "Jazz.");
});

test("what waits and is taken back is gone, and the reply goes on", () => {
  const state = play(
    talking(),
    sentToo,
    queued(2),
    event(3, "message.done", { message: "m2", stopped: true }),
    delta(4, "on"),
  );

  assert.deepEqual(statuses(state), ["k1 running"]);
  assert.equal(state.turns[0].reply, "on");
  assert.equal(state.hasGap, false);
});

test("what another tab lets wait is shown, once, also after coming back", () => {
  const told = play(talking(), queued(2, { id: null }));
  const opened = play(told, {
    type: "local.opened",
    snapshot: {
      conversation: TALK,
      title: "Hi",
      seq: 2,
      messages: [],
      waiting: { id: "m2", text: "then jazz" },
      playlist: null,
    },
  });

  assert.deepEqual(statuses(told), ["k1 running", "m2 queued"]);
  assert.deepEqual(statuses(opened), ["m2 queued"]);
});

// --- what is taken as given -------------------------------------------------------------

const chip = (label, strength = "hard") => ({
  id: label,
  kind: "genre",
  label,
  strength,
  polarity: "include",
  can: ["hard", "soft", "off"],
});
const given = (seq, ...constraints) =>
  event(seq, "constraints", { constraints, mood: NO_MOOD });

test("what is given is held, and its change is said once", () => {
  const first = play(talking(), given(2, chip("jazz"), chip("90s")));
  const next = play(first, given(3, chip("jazz", "soft")));

  assert.equal(first.given, "Asked for now: must jazz, must 90s.");
  assert.deepEqual(next.constraints, [chip("jazz", "soft")]);
  assert.equal(next.given, "Asked for now: rather jazz. No longer: 90s.");
});

test("an opened conversation brings its chips, and says nothing of them", () => {
  const snapshot = {
    conversation: OTHER,
    title: "T",
    seq: 4,
    messages: [],
    playlist: null,
    constraints: [chip("jazz")],
    mood: NO_MOOD,
  };
  const state = play(talking(), given(2, chip("90s")), { type: "local.opened", snapshot });

  assert.deepEqual(state.constraints, [chip("jazz")]);
  assert.equal(state.given, "");
});

test("a chip is busy from the press to the end of its turn", () => {
  const chosen = play(talking(), done(2), { type: "local.chosen", id: "c1", chip: "jazz" });
  const taken = play(chosen, accepted(3, { id: "c1", message: "m2", text: "Let go of: jazz" }));
  const over = play(taken, event(4, "message.done", { message: "m2", stopped: false }));

  assert.deepEqual([...busyChips(chosen)], ["jazz"]);
  assert.ok(busyChips(taken).has("jazz"));
  assert.equal(taken.turns[1].text, "Let go of: jazz");
  assert.deepEqual([...busyChips(over)], []);
});

test("a refused choice is told, and its chip is free again", () => {
  const chosen = play(talking(), { type: "local.chosen", id: "c1", chip: "jazz" });
  const state = play(chosen, { type: "error", id: "c1", code: "stale", detail: "Changed." });

  assert.deepEqual([...busyChips(state)], []);
  assert.equal(state.notices[0].words, "Changed.");
});

test("a mood that is pointed at begins a conversation", () => {
  const state = play(emptyState(), hello, { type: "local.chosen", id: "c1", chip: "" }, accepted(1, { id: "c1" }));

  assert.equal(state.conversation, TALK);
  assert.equal(runningTurn(state).id, "m1");
});

test("a place of the plane is said and drawn, sad left and energetic above", () => {
  assert.equal(placeWords({ valence: 0.1, energy: 0.1 }), "sad, calm");
  assert.equal(placeWords({ valence: 0.5, energy: 0.5 }), "balanced");
  assert.equal(placeWords({ valence: 1, energy: 0.7 }), "happy, lively");
  assert.deepEqual(drawnAt({ valence: 0, energy: 1 }), { x: 0, y: 0 });
  assert.deepEqual(areaOf({ low: 0.5, high: null }, null), { x: 500, y: 0, width: 500, height: 1000 });
  assert.equal(areaOf(null, null), null);
  assert.equal(isLine({ valence: 0.1, energy: 0.1 }, { valence: 0.12, energy: 0.1 }), false);
});

test("a song and a list are mentioned in words that are read exactly", () => {
  const artists = ["Ada", "B & C", "D"];
  assert.equal(songWords({ title: ' Say  “Hi" ', artists }), "“Say ‘Hi'” by Ada, B & C and D");
  assert.equal(songWords({ title: "Rain", artists: [] }), "“Rain”");
  assert.equal(listWords({ title: "Road Trip" }), "my playlist “Road Trip”");
  assert.equal(listWords({ title: "" }), "my playlist");
  assert.equal(spaced("more like", "X", ""), " X");
  assert.equal(spaced("more like ", "X", ", but calmer"), "X");
  assert.equal(spaced("", "X", "is good"), "X ");
});

test("a playlist on its way to a service shows how far it is, and where it is in the end", () => {
  const job = { type: "job", job: "save-3", kind: "save", status: "running", progress: 0.4, detail: "", playlist: "p", service: "spotify", reason: "", url: "" };
  const [running] = play(emptyState(), job).notices;
  assert.equal(running.words, "The playlist is on its way to Spotify.");
  assert.equal(running.progress, 0.4);
  const [done, ...others] = play(emptyState(), job, { ...job, status: "done", url: "https://x" }).notices;
  assert.equal(done.words, "The playlist is at Spotify.");
  assert.equal(done.url, "https://x");
  assert.deepEqual(others, []);
  const [failed] = play(emptyState(), job, { ...job, status: "failed", reason: "reconnect" }).notices;
  assert.equal(failed.isError, true);
  assert.match(failed.words, /^Spotify wants to be connected again/);
  const [again] = play(emptyState(), { ...job, status: "failed", reason: "refused" }, job).notices;
  assert.equal(again.isError, false);
  assert.deepEqual(play(emptyState(), { ...job, kind: "other" }).notices, []);
});

const refreshed = (last) => ({
  every: "week",
  new_percent: 50,
  rest_weeks: 8,
  due_at: "2026-12-07T08:00:00Z",
  is_paused: false,
  last: { at: "2026-11-30T08:00:00Z", outcome: "made", added: 6, removed: 5, is_seen: false, ...last },
});

test("a late change shows the list as it is, and says that it was late", () => {
  const shown = event(2, "playlist", {
    playlist: playlist(track("a")),
    change: { author: "agent", words: "", added: ["a"], removed: [], moved: [] },
  });
  const now = { ...playlist(track("b")), version: 3 };
  const state = play(
    talking(),
    shown,
    { type: "local.edited", id: "e1" },
    { type: "error", id: "e1", code: "stale", detail: "late" },
    { type: "playlist.state", id: "e1", playlist: now },
  );

  assert.equal(state.playlist.version, 3);
  assert.deepEqual(state.waiting, {});
  assert.equal(state.notices[0].words, "late");
  // Another list's state is none of this page's.
  const other = { type: "playlist.state", playlist: { ...now, id: "q", version: 9 } };
  assert.equal(play(state, other).playlist.version, 3);
});

test("a refresh is told until it is put away, and how often one comes stands there", () => {
  const list = { ...playlist(track("a")), refresh: refreshed({}) };
  const change = { author: "agent", words: "weekly refresh", added: ["a"], removed: [], moved: [] };
  const told = play(talking(), event(2, "playlist", { playlist: list, change }));

  assert.match(told.notices[0].words, /^Refreshed on 30 November: \+6 −5$/);
  assert.match(scheduleWords(list.refresh), /^Refreshed every week, next on 7 December$/);
  const seen = { ...list, refresh: refreshed({ is_seen: true }) };
  const away = play(told, { type: "playlist.state", playlist: seen });
  assert.deepEqual(away.notices, []);
  assert.equal(scheduleWords({ ...list.refresh, is_paused: true }), "Refreshing rests");
});

test("a copy stands first among the talks, and a notice leads to it", () => {
  const state = play(
    talking(),
    event(2, "list.copied", { began: OTHER, title: "Second Try", url: "/c/2/" }),
  );

  assert.equal(state.talks[0].id, OTHER);
  assert.equal(state.notices[0].url, "/c/2/");
});

test("what is ruled out is known by its song, or by its artist's name, until it is lifted", () => {
  const [one, live, other] = [track("t1"), track("t1-live"), track("t2")];
  const never = { type: "never", id: null, track: "t1", is_on: true, guests: [] };
  const song = { ...never, name: "Song t1", tracks: ["t1", "t1-live"] };
  const artist = { ...never, artist: 0, name: "Ada", tracks: [] };
  const refused = (state) => [one, live, other].map((t) => isRefused(state.refused, t));

  const said = play(emptyState(), song, song);
  assert.deepEqual(refused(said), [true, true, false]);
  assert.deepEqual(refused(play(said, { ...song, is_on: false })), [false, false, false]);
  assert.deepEqual(refused(play(said, artist)), [true, true, true]);
  assert.deepEqual(refused(play(said, artist, { ...artist, is_on: false })), [true, true, false]);
});

test("what was ruled out before or elsewhere is told with each greeting, and lifted whole", () => {
  const [one, other] = [track("t1"), track("t2")];
  const hello = { type: "hello", protocol: "1", user: "ada", planner: "builtin" };
  const held = play(emptyState({ tracks: ["t2"], artists: [], guests: [] }), {
    ...hello,
    never: { tracks: ["t1"], artists: ["Ada"], guests: [] },
  });

  assert.deepEqual(refusedBy(held.refused, one), [null, 0]);
  assert.deepEqual(refusedBy(held.refused, other), [0]);
  const never = { type: "never", id: null, track: null, artist: null, tracks: [] };
  const named = { ...never, name: "Ada", guests: [] };
  const lifted = play(held, { ...named, is_on: false });
  assert.deepEqual(
    [one, other].map((t) => isRefused(lifted.refused, t)),
    [true, false],
  );
  assert.deepEqual(play(lifted, { ...named, is_on: true }).notices, []);
});

test("a song with a guest who is ruled out is out as well, and lifted by itself", () => {
  const song = track("t1");
  const never = { type: "never", id: null, track: null, artist: null, tracks: [] };
  const guest = { ...never, name: "Bea", guests: ["t1"] };

  const out = play(emptyState(), { ...guest, is_on: true });
  assert.deepEqual(refusedBy(out.refused, song), [null]);
  assert.equal(isRefused(out.refused, song), true);
  assert.equal(isRefused(play(out, { ...guest, is_on: false }).refused, song), false);
});

const came = (ids, before, after) => [
  ...rowsComeTo([...ids], [...before].map((id) => track(id)), [...after].map((id) => track(id))),
];

test("of a song that stands twice only the row that came is new", () => {
  assert.deepEqual(came("b", "abc", "abcb"), ["b 2"]);
  assert.deepEqual(came("b", "abc", "babc"), ["b"]);
  assert.deepEqual(came("b", "abc", "abdbc"), ["b 2"]);
  assert.deepEqual(came("bb", "ac", "abbc"), ["b", "b 2"]);
  assert.deepEqual(came("xb", "abc", "axcb"), ["x", "b"]);
});

test("rows that came are found wherever they stand, and none where none came", () => {
  assert.deepEqual(came("xyz", "ab", "xaybz"), ["x", "y", "z"]);
  assert.deepEqual(came("abc", "", "abc"), ["a", "b", "c"]);
  assert.deepEqual(came("", "abc", "cba"), []);
  assert.deepEqual(came("a", "aa", "aaa"), ["a 3"]);
});

test("a playlist's frame tells which rows are new and which have moved", () => {
  const before = { ...playlist(track("a"), track("b")) };
  const after = { ...playlist(track("b"), track("a"), track("b")) };
  const change = { author: "agent", words: "", added: ["b"], removed: [], moved: [] };
  const state = { ...talking(), playlist: before };

  const told = play(state, event(2, "playlist", { playlist: after, change }));

  assert.deepEqual([...told.change.fresh], ["b"]);
  assert.deepEqual([...told.change.moved], []);
});
