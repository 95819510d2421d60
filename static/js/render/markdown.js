// @ts-check
// A reply's Markdown as elements, block by block as it comes in. The library only
// parses: nothing of a reply ever becomes HTML, and what isn't listed here (links,
// pictures, tables, HTML) stands as it was written.

import { Marked } from "../../vendor/marked.js";

/** @typedef {{type: string, raw: string, text?: string, tokens?: Token[], items?: Token[], ordered?: boolean, start?: number | ""}} Token */

/** What a title holds between its quotes is no sign of emphasis. */
const TITLE = {
  name: "title",
  level: /** @type {"inline"} */ ("inline"),
  /** @param {string} words */
  start: (words) => words.indexOf("“"),
  /** @param {string} words */
  tokenizer(words) {
    const found = /^“[^”\n]*”/.exec(words);
    return found ? { type: "title", raw: found[0] } : undefined;
  },
};

const parser = new Marked({ gfm: false, extensions: [TITLE] });

/**
 * Bring an element's blocks up to date with a reply. Those that are whole already stay
 * as they are, and the last one is added to, so that a selection stays and a screen
 * reader reads each word once.
 * @param {HTMLElement} element
 * @param {string} reply
 */
export function showMarkdown(element, reply) {
  if (element.dataset.shown === reply) return;
  element.dataset.shown = reply;
  const blocks = blocksOf(reply);
  // What the server rendered is plain text.
  if (element.children.length === 0) element.textContent = "";
  blocks.forEach((block, index) => {
    const old = /** @type {HTMLElement | undefined} */ (element.children[index]);
    if (!old) element.append(blockElement(block));
    else if (!isAddedTo(old, block)) old.replaceWith(blockElement(block));
  });
  while (element.children.length > blocks.length) element.lastElementChild?.remove();
}

/**
 * @param {string} reply
 * @returns {Token[]}
 */
export function blocksOf(reply) {
  const tokens = /** @type {Token[]} */ (parser.lexer(reply));
  return tokens.filter((token) => token.type !== "space" && token.type !== "def");
}

/**
 * Add what a block has more than its element. Returns false where that isn't all.
 * @param {HTMLElement} element
 * @param {Token} block
 */
function isAddedTo(element, block) {
  const before = element.dataset.raw ?? "";
  if (before === block.raw) return true;
  const [words, ...more] = block.tokens ?? [];
  const text = element.firstChild;
  const isPlain = block.type === "paragraph" && element.localName === "p" && more.length === 0;
  if (!isPlain || words?.type !== "text" || element.childNodes.length !== 1) return false;
  if (!(text instanceof Text) || !words.raw.startsWith(text.data)) return false;
  text.appendData(words.raw.slice(text.data.length));
  element.dataset.raw = block.raw;
  return true;
}

/**
 * @param {Token} block
 * @returns {HTMLElement}
 */
function blockElement(block) {
  const element = bareBlock(block);
  element.dataset.raw = block.raw;
  return element;
}

/**
 * @param {Token} block
 * @returns {HTMLElement}
 */
function bareBlock(block) {
  switch (block.type) {
    case "list": {
      const list = document.createElement(block.ordered ? "ol" : "ul");
      if (block.ordered && block.start) list.setAttribute("start", String(block.start));
      list.append(...(block.items ?? []).map((item) => filled("li", item)));
      return list;
    }
    case "blockquote":
      return filled("blockquote", block);
    case "heading": {
      // A reply stands under its own heading, and is too short for more of them.
      const line = document.createElement("p");
      line.append(filled("strong", block));
      return line;
    }
    case "code": {
      const code = document.createElement("pre");
      code.textContent = block.text ?? "";
      return code;
    }
    case "paragraph":
      return filled("p", block);
    default:
      return written("p", block.raw.trimEnd());
  }
}

/**
 * @param {string} name
 * @param {Token} token
 */
function filled(name, token) {
  const element = document.createElement(name);
  element.append(...(token.tokens ?? []).flatMap(nodesOf));
  return element;
}

/**
 * @param {Token} token
 * @returns {Node[]}
 */
function nodesOf(token) {
  switch (token.type) {
    case "strong":
    case "em":
      return [filled(token.type, token)];
    case "text":
      // In a list's item a text holds what else stands on its line.
      return token.tokens ? token.tokens.flatMap(nodesOf) : [new Text(token.raw)];
    case "escape":
      return [new Text(token.text)];
    case "codespan":
      return [written("code", token.text ?? "")];
    case "br":
      return [document.createElement("br")];
    case "list":
    case "paragraph":
    case "blockquote":
      return [bareBlock(token)];
    case "space":
      return [];
    default:
      return [new Text(token.raw)];
  }
}

/**
 * @param {string} name
 * @param {string} words
 */
function written(name, words) {
  const element = document.createElement(name);
  element.textContent = words;
  return element;
}
