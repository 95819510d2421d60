// Changes of the list by hand, as they go out; by node's own test runner.

import assert from "node:assert/strict";
import { test } from "node:test";

import { makeDeeds } from "../../static/js/deeds.js";
import { reduce } from "../../static/js/reduce.js";
import { emptyState } from "../../static/js/state.js";

const TALK = "11111111-1111-1111-1111-111111111111";
const track = (id) => ({ id, title: id, artists: [], reaction: "none", reasons: [], links: {} });
const list = (version, ids) => ({
  id: "p",
  title: "Slow",
  version,
  duration_ms: 0,
  tracks: [...ids].map(track),
  saved_to: [],
  can_undo: true,
});
const CHANGE = { author: "listener", words: "", added: [], removed: [], moved: [] };

/** A page with a list of four songs at version 3, and a server that answers when told. */
function opened() {
  let state = {
    ...emptyState(),
    link: "online",
    conversation: TALK,
    seq: 1,
    playlist: list(3, "abcd"),
  };
  const out = [];
  let isOnline = true;
  const page = {
    out,
    get state() {
      return state;
    },
    cut() {
      isOnline = false;
    },
    told(action) {
      const before = state;
      state = reduce(state, action);
      if (state.waiting !== before.waiting) page.deeds.goOn();
    },
    /** Answer what went out last. */
    changed(version, ids, id = out.at(-1).id) {
      const seq = state.seq + 1;
      const frame = { type: "playlist", conversation: TALK, seq, id, change: CHANGE };
      page.told({ ...frame, playlist: list(version, ids) });
    },
  };
  page.deeds = makeDeeds({
    state: () => state,
    dispatch: page.told,
    send: (frame) => isOnline && out.push(frame) > 0,
    isEarly: () => false,
    hold: () => {},
    onSaid: () => {},
  });
  return page;
}

const sent = (page) => page.out.map(({ type, base, ops }) => [type, base, ops?.[0]]);
const remove = (id) => ({ op: "remove", tracks: [id] });

test("every change names the version that it is meant for", () => {
  for (const kind of ["undo", "redo"]) {
    const page = opened();
    page.deeds[kind]();
    assert.deepEqual(sent(page), [[`playlist.${kind}`, 3, undefined]]);
  }
});

test("what is pressed while a change is on its way is meant for what that makes", () => {
  const page = opened();

  page.deeds.edit([remove("a")]);
  page.deeds.move("c", 1);
  page.deeds.drop("d", "b");
  page.deeds.undo();
  assert.equal(page.out.length, 1);
  page.changed(4, "bcd");
  page.changed(5, "bdc");
  page.changed(6, "dbc");
  page.changed(5, "bdc");

  assert.deepEqual(sent(page), [
    ["playlist.edit", 3, remove("a")],
    ["playlist.edit", 4, { op: "move", track: "c", position: 2, place: 1 }],
    ["playlist.edit", 5, { op: "move", track: "d", position: 0, place: 1 }],
    ["playlist.undo", 6, undefined],
  ]);
  assert.deepEqual(page.state.waiting, {});
});

test("of a song that stands twice the row is meant, wherever it stands by then", () => {
  const page = opened();
  page.changed(4, "abca", null);

  page.deeds.move("a 2", -1);
  page.deeds.remove("a 2");
  page.deeds.remove("a 3");
  page.changed(5, "abac");
  page.changed(6, "abc");

  assert.deepEqual(sent(page), [
    ["playlist.edit", 4, { op: "move", track: "a", position: 2, place: 3 }],
    ["playlist.edit", 5, { op: "remove", tracks: ["a"], places: [2] }],
  ]);
});

test("who adds what is there is told where it stands, and may add it again", () => {
  const page = opened();

  page.deeds.edit([{ op: "add", tracks: ["c"] }]);
  const { id } = page.out[0];
  page.told({ type: "error", id, code: "already_there", detail: "at number 3" });

  const [{ words, isError, again }] = page.state.notices;
  assert.match(words, /at number 3\.$/);
  assert.equal(isError, false);
  assert.deepEqual(again, ["c"]);
  assert.deepEqual(page.state.waiting, {});
});

test("what somebody else has changed meanwhile is not what was meant", () => {
  const page = opened();

  page.deeds.edit([remove("a")]);
  page.deeds.edit([remove("b")]);
  page.changed(4, "dabc", null); // from another tab
  const { id } = page.out[0];
  page.told({ type: "error", id, code: "stale", detail: "late" });

  assert.deepEqual(sent(page)[1], ["playlist.edit", 3, remove("b")]);
  assert.equal(page.state.notices[0].words, "late");
});

test("a change that changes nothing lets the next one go", () => {
  const page = opened();

  page.deeds.undo();
  page.deeds.edit([remove("b")]);
  page.told({ type: "playlist.state", id: page.out[0].id, playlist: list(3, "abcd") });

  assert.deepEqual(sent(page)[1], ["playlist.edit", 3, remove("b")]);
});

test("without a connection nothing waits to be done later", () => {
  const page = opened();

  page.deeds.edit([remove("a")]);
  page.deeds.edit([remove("b")]);
  page.cut();
  page.told({ type: "local.link", link: "lost" });

  assert.equal(page.out.length, 1);
  assert.match(page.state.notices[0].words, /^No connection/);
  assert.deepEqual(page.state.waiting, {});
});

test("what is ruled out goes out in turn, and can be lifted", () => {
  const page = opened();
  const never = { type: "never", track: "a", artist: null, name: "a", tracks: ["a"], guests: [] };

  page.deeds.never("a", null);
  page.deeds.edit([remove("b")]);
  assert.deepEqual(sent(page), [["never.set", undefined, undefined]]);
  const { id } = page.out[0];
  page.changed(4, "bcd", id);
  page.told({ ...never, id, is_on: true });

  assert.deepEqual(sent(page)[1], ["playlist.edit", 4, remove("b")]);
  const [notice] = page.state.notices;
  assert.equal(notice.words, "Never again: a");
  assert.deepEqual(notice.lift, { track: "a", artist: null });

  page.changed(5, "cd");
  page.deeds.never(notice.lift.track, notice.lift.artist, false);
  page.told({ ...never, id: page.out.at(-1).id, is_on: false });
  assert.equal(page.out.at(-1).is_on, false);
  assert.deepEqual(page.state.notices, []);
});

test("a song of a list that doesn't hold it lets the next change go", () => {
  const page = opened();

  page.deeds.never("x", null);
  page.deeds.edit([remove("b")]);
  const { id } = page.out[0];
  page.told({ type: "never", id, track: "x", artist: null, name: "x", tracks: [], guests: [], is_on: true });

  assert.deepEqual(sent(page)[1], ["playlist.edit", 3, remove("b")]);
});

test("a reaction names the player where it was pressed there", () => {
  const page = opened();

  page.deeds.toggleReaction("a", "like", null, "player");
  page.deeds.toggleReaction("b", "like", null);

  assert.deepEqual(
    page.out.map((frame) => frame.source),
    ["player", undefined],
  );
});
