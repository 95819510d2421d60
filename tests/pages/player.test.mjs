// What plays and what comes next, with decks that make no sound; by node's own test runner.

import assert from "node:assert/strict";
import { test } from "node:test";

import { makePlayer } from "../../static/js/player.js";

globalThis.navigator ??= {};

/** A player over a queue of songs, of which some may be ruled out. */
function opened(names) {
  const heard = {};
  const refused = new Set();
  const page = {
    queue: [...names].map((id) => ({ id, title: id, artists: [], audio_url: `/${id}` })),
    refused,
    list: "",
    ended: () => heard.ended(),
  };
  const audio = {
    currentTime: 0,
    duration: 30,
    on: (name, act) => (heard[name] ??= act),
    put: () => {},
    play: async () => {},
    pause: () => {},
  };
  page.player = makePlayer({
    audio,
    fade: () => 0,
    queueOf: () => page.queue,
    listId: () => page.list,
    isRefused: (track) => refused.has(track.id),
    onChange: () => {},
    onFailure: () => {},
  });
  page.audio = audio;
  page.now = () => {
    const { track, isOn } = page.player.playing();
    return [track.id, isOn];
  };
  return page;
}

test("a song that is ruled out is passed over, both ways", () => {
  const page = opened("abcd");
  page.player.playAll();
  page.refused.add("b");
  page.refused.add("c");

  page.player.leaveRefused();
  assert.deepEqual(page.now(), ["a", true]);
  page.ended();
  assert.deepEqual(page.now(), ["d", true]);
  page.player.previous();
  assert.deepEqual(page.now(), ["a", true]);
});

test("what plays moves on when it is ruled out, and stops where nothing follows", () => {
  const page = opened("abc");
  page.player.playAll();
  page.player.keepQueue();

  page.refused.add("a");
  page.player.leaveRefused();
  assert.deepEqual(page.now(), ["b", true]);
  page.refused.add("b");
  page.refused.add("c");
  page.player.leaveRefused();
  assert.deepEqual(page.now(), ["b", false]);
  assert.equal(page.player.hasNext(), false);
});

test("a list begins with the first song that isn't ruled out", () => {
  const page = opened("ab");
  page.refused.add("a");

  page.player.playAll();

  assert.deepEqual(page.now(), ["b", true]);
});

test("what was paused and ruled out isn't gone on with, nor begun by a press", () => {
  const page = opened("abc");
  page.player.playAll();
  page.player.toggle();
  page.refused.add("a");

  page.player.leaveRefused();
  assert.deepEqual(page.now(), ["a", false]);
  page.player.toggle();
  assert.deepEqual(page.now(), ["b", true]);
  page.player.playFromStart(page.queue[0], null);
  page.player.playOrPause(page.queue[0], null);
  assert.deepEqual(page.now(), ["b", true]);

  page.refused.delete("a");
  page.player.previous();
  assert.deepEqual(page.now(), ["a", true]);
});

test("a song that stands twice plays at each of its places and the list goes on", () => {
  const page = opened("abac");
  page.player.playAll();
  const rows = [];

  for (let turn = 0; turn < 4; turn += 1) {
    rows.push(page.player.playing().row);
    page.ended();
  }
  assert.deepEqual(rows, ["a", "b", "a 2", "c"]);

  const [song] = page.queue;
  page.player.playOrPause(song, null, "a 2");
  assert.deepEqual(page.now(), ["a", true]);
  page.player.playOrPause(song, null, "a");
  assert.deepEqual([page.player.playing().row, ...page.now()], ["a", "a", true]);
  page.player.playOrPause(song, null, "a");
  assert.deepEqual(page.now(), ["a", false]);
});

test("another page goes on with the song, where it was, and with what follows", () => {
  const left = opened("abcd");
  assert.equal(left.player.leaving(), null);
  left.player.playFromStart(left.queue[2], null);
  left.audio.currentTime = 12;
  left.refused.add("b");
  const carried = left.player.leaving();
  const page = opened("");

  page.player.takeUp(carried);

  assert.deepEqual(page.now(), ["c", true]);
  assert.equal(page.audio.currentTime, 12);
  assert.equal(page.player.hasNext(), true);
  page.ended();
  assert.deepEqual(page.now(), ["d", true]);
  page.player.takeUp({ ...carried, isOn: false });
  assert.deepEqual(page.now(), ["c", false]);
  page.player.next();
  page.audio.currentTime = 0;
  page.player.previous();
  page.player.previous();
  assert.deepEqual(page.now(), ["a", true]);
});

test("where its playlist is open a song goes on with that, by way of other pages too", () => {
  const left = opened("abc");
  left.list = "one";
  left.player.playAll();
  const between = opened("");
  between.player.takeUp(left.player.leaving());
  const carried = between.player.leaving();

  const page = opened("axy");
  page.list = "one";
  page.player.takeUp(carried);
  page.ended();
  assert.deepEqual(page.now(), ["x", true]);

  const other = opened("axy");
  other.list = "two";
  other.player.takeUp(carried);
  other.ended();
  assert.deepEqual(other.now(), ["b", true]);
  other.player.playAll();
  assert.equal(other.player.leaving().list, "two");
});
