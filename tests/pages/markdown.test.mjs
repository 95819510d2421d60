// How a reply is cut into blocks, in node: no page is needed to parse.

import assert from "node:assert/strict";
import { test } from "node:test";

import { blocksOf } from "../../static/js/render/markdown.js";

/** @param {string} reply */
const inside = (reply) => blocksOf(reply).flatMap((b) => (b.tokens ?? []).map((t) => t.type));

test("a reply is paragraphs and lists", () => {
  const kinds = blocksOf("One.\n\n- a\n- b\n\n1. c\n\nEnd.").map((b) => b.type);

  assert.deepEqual(kinds, ["paragraph", "list", "list", "paragraph"]);
});

test("a title between quotes is never a sign of emphasis", () => {
  assert.deepEqual(inside("“a *b* c” and *d*"), ["title", "text", "em"]);
  assert.deepEqual(inside("“*a” by *b and *c"), ["title", "text"]);
});

test("names with signs in them, and emphasis that hasn't ended, stay as they are", () => {
  for (const words of ["*NSYNC, P!nk and A_B_C", "R&B <3, AC/DC", "Here are *twelve", "~9~ | 2"]) {
    const blocks = blocksOf(words);
    assert.deepEqual(blocks.map((b) => [b.type, b.raw]), [["paragraph", words]]);
    assert.deepEqual(new Set(inside(words)), new Set(["text"]));
  }
});
