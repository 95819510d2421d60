// @ts-check
// Where everything meets: deeds of the listener and frames of the server go into the
// state, and the state is drawn.

import { watchMaking } from "./making.js";
import { makeDrawers } from "./drawers.js";
import { bindKeys } from "./keys.js";
import { bindLooks } from "./looks.js";
import { makePlayer } from "./player.js";
import { emptyState, knownTracks, reduce, runningTurn } from "./reduce.js";
import { byId } from "./render/dom.js";
import { renderFoot, whyNot } from "./render/foot.js";
import { renderPanel } from "./render/panel.js";
import { renderPlayer } from "./render/player.js";
import { listedTalks, renderSide } from "./render/side.js";
import { renderTranscript } from "./render/transcript.js";
import { makeRooms } from "./rooms.js";
import { makeScroll } from "./scroll.js";
import { openSocket } from "./socket.js";

/** @typedef {import("./protocol.js").ClientFrame} ClientFrame */
/** @typedef {import("./protocol.js").Op} Op */
/** @typedef {import("./protocol.js").Reaction} Reaction */
/** @typedef {import("./protocol.js").ServerFrame} ServerFrame */
/** @typedef {import("./protocol.js").Snapshot} Snapshot */
/** @typedef {import("./reduce.js").LocalAction} LocalAction */

const CHANGE_SHOWN_MS = 12_000;
const VOLUME_KEY = "volume";

const app = byId("app");
const audio = /** @type {HTMLAudioElement} */ (byId("audio"));
const text = /** @type {HTMLTextAreaElement} */ (byId("composer-text"));
const seek = /** @type {HTMLInputElement} */ (byId("player-seek"));
const volume = /** @type {HTMLInputElement} */ (byId("player-volume"));

let state = emptyState();
let wasOnline = false;
let isSeeking = false;
let isDrawAsked = false;
let changeTimer = 0;

// --- drawing ----------------------------------------------------------------------

const scroll = makeScroll(byId("log-scroll"), byId("turns"), byId("latest"));
const drawers = makeDrawers();
const player = makePlayer({
  audio,
  queueOf: (source) =>
    (source === null
      ? state.playlist?.tracks
      : state.turns.find((t) => t.key === source)?.tracks) ?? [],
  onChange: drawPlayer,
  onFailure: (track, isLast) =>
    tell(
      `audio-${track.id}`,
      isLast
        ? `“${track.title}” can't be played just now.`
        : `“${track.title}” can't be played just now; on to the next song.`,
    ),
});

/** @param {ServerFrame | LocalAction} action */
function dispatch(action) {
  const before = state;
  state = reduce(state, action);
  if (state.link === "online") wasOnline = true;
  if (state.hasGap && !before.hasGap) resume();
  if (state.conversation !== before.conversation) rooms.moved(state.conversation);
  if (state.change !== before.change) watchChange();
  askDraw();
}

// Many frames may come within one picture; they are drawn together.
function askDraw() {
  if (isDrawAsked) return;
  isDrawAsked = true;
  requestAnimationFrame(draw);
  // A hidden tab gets no pictures, and its title must still be right.
  if (document.hidden) draw();
}

function draw() {
  if (!isDrawAsked) return;
  isDrawAsked = false;
  const playing = player.playing();
  player.listChanged();
  renderSide(state);
  renderTranscript(state, playing);
  renderPanel(state, playing);
  renderFoot(state, { wasOnline });
  drawPlayer();
  scroll.drawn(state.turns);
}

let drawnPlaying = "";

function drawPlayer() {
  const playing = player.playing();
  const { track } = playing;
  renderPlayer({
    playing,
    audio,
    hasNext: player.hasNext(),
    canStart: player.canStart(),
    reaction: track ? (state.reactions[track.id] ?? track.reaction) : "none",
    isSeeking,
  });
  // The lists show which song plays; the time alone doesn't concern them.
  const shown = `${track?.id} ${playing.isOn}`;
  if (shown !== drawnPlaying) {
    drawnPlaying = shown;
    askDraw();
  }
}

function watchChange() {
  clearTimeout(changeTimer);
  if (!state.change) return;
  changeTimer = window.setTimeout(
    () => dispatch({ type: "local.change-seen" }),
    CHANGE_SHOWN_MS,
  );
}

// --- the line to the server -------------------------------------------------------

const protocol = location.protocol === "https:" ? "wss:" : "ws:";
const socket = openSocket({
  url: `${protocol}//${location.host}${app.dataset.socket}`,
  onFrame: (frame) => {
    dispatch(frame);
    if (frame.type === "hello") {
      resume();
      sayHeld();
    }
  },
  onLink: (link) => dispatch({ type: "local.link", link }),
});

function resume() {
  if (state.conversation === null) return;
  socket.send({
    type: "conversation.resume",
    conversation: state.conversation,
    after: state.seq,
  });
}

let requests = 0;
const page = Math.random().toString(36).slice(2, 8);

/** An id that no other tab of this listener uses. */
function newId() {
  requests += 1;
  return `${page}-${requests}`;
}

// --- deeds ------------------------------------------------------------------------

/**
 * @param {string} key
 * @param {string} words
 */
function tell(key, words) {
  dispatch({ type: "local.notice", key, words, isError: true });
}

/**
 * Say something. Returns whether it went out, or stands there to be tried again.
 * @param {string} words
 * @returns {boolean}
 */
function say(words) {
  const said = words.trim();
  if (said === "") return false;
  if (runningTurn(state)) {
    tell("busy", "One moment: the reply is still being written. Wait for it, or stop it.");
    return false;
  }
  if (!wasOnline && state.link === "connecting") {
    hold(words);
    return false;
  }
  const why = whyNot(state);
  if (why !== "") {
    tell("offline", why);
    return false;
  }
  const key = newId();
  /** @type {ClientFrame} */
  const frame = { type: "message.send", id: key, text: said };
  if (state.conversation) frame.conversation = state.conversation;
  // The state first: the answer may come before this function ends.
  dispatch({ type: "local.sent", key, text: said, isOut: true });
  if (!socket.send(frame)) {
    dispatch({ type: "local.sent", key, text: said, isOut: false });
  }
  scroll.toNewest();
  return true;
}

let isHeld = false;

/**
 * Said before the page was connected at all: it goes out with the server's greeting.
 * @param {string} words
 */
function hold(words) {
  text.value = words;
  isHeld = true;
}

function sayHeld() {
  if (!isHeld) return;
  isHeld = false;
  if (say(text.value)) text.value = "";
}

/** @param {string} words */
function sayAgain(words) {
  const unsent = state.turns.find((t) => t.status === "unsent" && t.text === words);
  if (say(words) && unsent) dispatch({ type: "local.dropped", key: unsent.key });
}

function stop() {
  const running = state.turns.find((t) => t.status === "running");
  if (running?.id) socket.send({ type: "message.stop", id: newId(), message: running.id });
}

/**
 * @param {string} track
 * @param {Reaction} value
 * @param {string | null} message the reply in which it was pressed
 */
function react(track, value, message) {
  const id = newId();
  /** @type {ClientFrame} */
  const frame = { type: "reaction.set", id, track, value };
  if (message) frame.message = message;
  dispatch({ type: "local.reacted", id, track, value, isOut: state.link === "online" });
  if (state.link === "online") socket.send(frame);
}

/**
 * @param {string} track
 * @param {"like" | "dislike"} value
 * @param {string | null} message
 */
function toggleReaction(track, value, message) {
  const held = state.reactions[track] ?? "none";
  const isHeld = held === value || (value === "like" && held === "more");
  react(track, isHeld ? "none" : value, message);
}

/**
 * @param {string} id
 * @param {string | null} message
 */
function moreLike(id, message) {
  const track = knownTracks(state).get(id);
  if (!track) return;
  const artist = track.artists.length ? ` by ${track.artists.join(", ")}` : "";
  if (say(`More like “${track.title}”${artist}`)) react(id, "more", message);
}

/** @param {Op[]} ops */
function edit(ops) {
  const playlist = state.playlist?.id;
  if (!playlist) return;
  const id = newId();
  if (!socket.send({ type: "playlist.edit", id, playlist, ops })) {
    tell("edit", "No connection just now, so the playlist stays as it is.");
    return;
  }
  dispatch({ type: "local.edited", id });
}

function undo() {
  if (!state.playlist) return;
  socket.send({ type: "playlist.undo", id: newId(), playlist: state.playlist.id });
}

/**
 * @param {string} track
 * @param {number} by places down, or up when negative
 */
function move(track, by) {
  const tracks = state.playlist?.tracks ?? [];
  const from = tracks.findIndex((t) => t.id === track);
  const to = from + by;
  if (from < 0 || to < 0 || to >= tracks.length) return;
  edit([{ op: "move", track, position: to }]);
}

// --- the page's own doings ---------------------------------------------------------

const rooms = makeRooms({
  app,
  open: (/** @type {Snapshot | null} */ snapshot) => {
    dispatch({ type: "local.opened", snapshot });
    scroll.toNewest();
    drawers.close();
    resume();
  },
  dispatch,
  current: () => state.conversation,
});

const keys = bindKeys({ player, move, edit, stop });

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target).closest("[data-act]");
  if (target instanceof HTMLElement) act(target, event);
  closeMenus(/** @type {Element} */ (event.target));
});

/**
 * @param {HTMLElement} target
 * @param {MouseEvent} event
 */
function act(target, event) {
  const trackId = target.closest("[data-track]")?.getAttribute("data-track") ?? "";
  const turn = target.closest("[data-message]");
  const message = turn?.getAttribute("data-message") ?? null;
  const source = /** @type {HTMLElement | null} */ (turn)?.dataset.key ?? null;
  switch (target.dataset.act) {
    case "play": {
      const track = knownTracks(state).get(trackId);
      if (track?.audio_url) player.playOrPause(track, source);
      break;
    }
    case "like":
    case "dislike":
      toggleReaction(trackId, /** @type {"like" | "dislike"} */ (target.dataset.act), message);
      break;
    case "like-current": {
      const { track } = player.playing();
      if (track) toggleReaction(track.id, "like", null);
      break;
    }
    case "more":
      moreLike(trackId, message);
      break;
    case "add":
      if (target.getAttribute("aria-disabled") !== "true") {
        edit([{ op: "add", tracks: [trackId] }]);
      }
      break;
    case "remove":
      keys.focusAfter(trackId);
      edit([{ op: "remove", tracks: [trackId] }]);
      break;
    case "up":
      move(trackId, -1);
      break;
    case "down":
      move(trackId, 1);
      break;
    case "tray":
      toggleTray(target);
      break;
    case "prompt":
      say(target.textContent ?? "");
      text.focus();
      break;
    case "retry":
      sayAgain(turn?.querySelector("[data-slot=text]")?.textContent ?? "");
      break;
    case "stop":
      stop();
      text.focus();
      break;
    case "undo":
      undo();
      break;
    case "rename":
      openRename();
      break;
    case "play-all":
      player.playAll();
      break;
    case "toggle":
      player.toggle();
      break;
    case "next":
      player.next();
      break;
    case "previous":
      player.previous();
      break;
    case "mute":
      audio.muted = !audio.muted;
      break;
    case "latest":
      scroll.toNewest();
      break;
    case "open-side":
      drawers.show("side");
      break;
    case "open-panel":
      drawers.show("panel");
      break;
    case "close-side":
    case "close-panel":
      drawers.show(null);
      break;
    case "keys":
      /** @type {HTMLDialogElement} */ (byId("keys")).showModal();
      break;
    case "close-notice": {
      const notice = /** @type {HTMLElement} */ (target.closest("[data-key]"));
      dispatch({ type: "local.notice-closed", key: notice.dataset.key ?? "" });
      break;
    }
    case "new":
    case "delete":
      rooms.act(target, event);
      break;
  }
}

/** @param {HTMLElement} target */
function toggleTray(target) {
  const row = target.closest(".row");
  const isOpen = target.getAttribute("aria-expanded") === "true";
  for (const other of document.querySelectorAll(".row")) {
    const isThis = other === row && !isOpen;
    other.querySelector("[data-act=tray]")?.setAttribute("aria-expanded", String(isThis));
    const tray = other.querySelector("[data-slot=tray]");
    if (tray instanceof HTMLElement) tray.hidden = !isThis;
  }
}

/** @param {Element} inside the menu that stays open */
function closeMenus(inside) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(inside)) menu.removeAttribute("open");
  }
}

// --- the message box ----------------------------------------------------------------

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!say(text.value)) return;
  text.value = "";
  askDraw();
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    /** @type {HTMLFormElement} */ (byId("composer")).requestSubmit();
  }
});
text.addEventListener("input", askDraw);

// --- the playlist's title -------------------------------------------------------------

const renameForm = /** @type {HTMLFormElement} */ (byId("panel-rename"));
const renameInput = /** @type {HTMLInputElement} */ (byId("panel-rename-input"));

function openRename() {
  renameForm.hidden = false;
  byId("panel-title").classList.add("visually-hidden");
  renameInput.value = state.playlist?.title ?? "";
  renameInput.select();
}

function closeRename() {
  renameForm.hidden = true;
  byId("panel-title").classList.remove("visually-hidden");
}

renameForm.addEventListener("submit", (event) => {
  event.preventDefault();
  const title = renameInput.value.trim();
  if (title && title !== state.playlist?.title) edit([{ op: "rename", title }]);
  closeRename();
});
renameInput.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  closeRename();
});

// --- the player's ranges -----------------------------------------------------------

seek.addEventListener("input", () => {
  isSeeking = true;
  drawPlayer();
});
seek.addEventListener("change", () => {
  isSeeking = false;
  player.seek(Number(seek.value));
});
volume.addEventListener("input", () => {
  audio.muted = false;
  audio.volume = Number(volume.value) / 100;
});
audio.addEventListener("volumechange", () => {
  try {
    localStorage.setItem(VOLUME_KEY, String(audio.volume));
  } catch {
    // Storage is switched off: the volume holds for this page.
  }
});

function storedVolume() {
  try {
    const stored = Number(localStorage.getItem(VOLUME_KEY) ?? "0.8");
    return stored >= 0 && stored <= 1 ? stored : 0.8;
  } catch {
    return 0.8;
  }
}

// --- begin ---------------------------------------------------------------------------

const stored = document.getElementById("snapshot");
audio.volume = storedVolume();
bindLooks();
dispatch({ type: "local.talks", talks: listedTalks() });
if (stored) {
  dispatch({ type: "local.opened", snapshot: JSON.parse(stored.textContent ?? "null") });
}
draw();
scroll.toNewest();
if (app.dataset.progressUrl) void watchMaking(app.dataset.progressUrl);
if (matchMedia("(hover: hover)").matches) text.focus();
