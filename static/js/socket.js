// @ts-check
// The one owner of the WebSocket: it connects, says whether it is connected, and comes
// back by itself, ever more slowly. What is resumed is the page's affair.

import { SUBPROTOCOL } from "./protocol.js";

/** @typedef {import("./protocol.js").ServerFrame} ServerFrame */
/** @typedef {import("./protocol.js").ClientFrame} ClientFrame */

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 15_000;
const PING_EVERY_MS = 25_000;
const PONG_WITHIN_MS = 10_000;

// Codes after which coming back is no use: the server refused who we are.
const REFUSED = new Set([4401, 4406]);

/**
 * How long to wait before the nth try: doubling, with up to a third of chance so that
 * a restarted server isn't met by everybody at once.
 * @param {number} tries
 * @param {number} chance from 0 to 1
 */
export function waitMs(tries, chance) {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
  return Math.round(wait * (1 - chance / 3));
}

/**
 * The whole address of a socket at this site.
 * @param {string} path
 */
export function socketUrl(path) {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${path}`;
}

/**
 * @param {object} options
 * @param {string} options.url
 * @param {(frame: ServerFrame) => void} options.onFrame
 * @param {(link: "connecting" | "open" | "lost" | "refused") => void} options.onLink
 */
export function openSocket({ url, onFrame, onLink }) {
  /** @type {WebSocket | null} */
  let socket = null;
  let tries = 0;
  let retry = 0;
  let ping = 0;
  let pong = 0;

  function connect() {
    clearTimeout(retry);
    const mine = new WebSocket(url, SUBPROTOCOL);
    socket = mine;
    onLink("connecting");
    mine.addEventListener("open", () => {
      if (socket !== mine) return;
      onLink("open");
      ping = window.setInterval(check, PING_EVERY_MS);
    });
    mine.addEventListener("message", (event) => {
      if (socket !== mine) return;
      clearTimeout(pong);
      const frame = JSON.parse(event.data);
      // Only a server that greets is really there; a proxy may accept and drop us.
      if (frame.type === "hello") tries = 0;
      onFrame(frame);
    });
    mine.addEventListener("close", (event) => {
      if (socket === mine) lose(event.code);
    });
  }

  /** @param {number} code */
  function lose(code) {
    clearInterval(ping);
    clearTimeout(pong);
    socket = null;
    if (REFUSED.has(code)) {
      onLink("refused");
      return;
    }
    onLink("lost");
    retry = window.setTimeout(connect, waitMs(tries, Math.random()));
    tries += 1;
  }

  // A connection can die without a word (a closed laptop lid, a changed network).
  function check() {
    if (!send({ type: "ping" })) return;
    clearTimeout(pong);
    pong = window.setTimeout(() => {
      const dead = socket;
      if (!dead) return;
      lose(1006);
      dead.close();
    }, PONG_WITHIN_MS);
  }

  /**
   * @param {ClientFrame} frame
   * @returns {boolean} whether it could be sent
   */
  function send(frame) {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  function now() {
    if (!socket) connect();
  }

  window.addEventListener("online", now);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) now();
  });
  window.addEventListener("pagehide", () => socket?.close(1000));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) now();
  });
  connect();
  return { send, now };
}
