// @ts-check
// Where everything meets: deeds of the listener and frames of the server go into the
// state, and the state is drawn.

import { makeAmending } from "./amend.js";
import { bindChoosing } from "./choosing.js";
import { bindControls } from "./controls.js";
import { copied, textOf } from "./copying.js";
import { makeDecks } from "./decks.js";
import { makeDeeds } from "./deeds.js";
import { keepDraft } from "./draft.js";
import { bindDrag } from "./drag.js";
import { makeDrawers } from "./drawers.js";
import { bindKeys } from "./keys.js";
import { bindLooks } from "./looks.js";
import { watchMaking } from "./making.js";
import { bindFinding } from "./finding.js";
import { keepOfflinePage } from "./offline.js";
import { makeMentions } from "./mentions.js";
import { makePlayer } from "./player.js";
import { takePrepared } from "./prepared.js";
import { reduce } from "./reduce.js";
import { byId } from "./render/dom.js";
import { renderFoot } from "./render/foot.js";
import { renderPanel } from "./render/panel.js";
import { renderPlayer } from "./render/player.js";
import { listedTalks, renderSide } from "./render/side.js";
import { renderTranscript } from "./render/transcript.js";
import { makeRooms } from "./rooms.js";
import { makeScroll } from "./scroll.js";
import { openSocket } from "./socket.js";
import { emptyState, knownTracks, queuedTurn } from "./state.js";
import { makeTalks } from "./talks.js";
import { makeSteps } from "./steps.js";
import { bindTitle } from "./title.js";
import { gettext, interpolate } from "./words.js";

/** @typedef {import("./protocol.js").ServerFrame} ServerFrame */
/** @typedef {import("./protocol.js").Snapshot} Snapshot */
/** @typedef {import("./reduce.js").LocalAction} LocalAction */

const CHANGE_SHOWN_MS = 12_000;

const app = byId("app");
const audio = makeDecks(
  /** @type {HTMLAudioElement} */ (byId("audio")),
  /** @type {HTMLAudioElement} */ (byId("audio-ahead")),
);
const fadeRange = /** @type {HTMLInputElement} */ (byId("player-fade"));
const text = /** @type {HTMLTextAreaElement} */ (byId("composer-text"));

let state = emptyState();
let wasOnline = false;
let isHeld = false;
let isDrawAsked = false;
let changeTimer = 0;

// --- drawing ----------------------------------------------------------------------

const scroll = makeScroll(byId("log-scroll"), byId("turns"), byId("latest"));
const drawers = makeDrawers();
const player = makePlayer({
  audio,
  fade: () => Number(fadeRange.value),
  queueOf: (source) =>
    (source === null
      ? state.playlist?.tracks
      : state.turns.find((t) => t.key === source)?.tracks) ?? [],
  onChange: drawPlayer,
  onFailure: (track, isLast) =>
    deeds.tell(
      `audio-${track.id}`,
      interpolate(
        isLast
          ? gettext("“%(title)s” can't be played just now.")
          : gettext("“%(title)s” can't be played just now; on to the next song."),
        { title: track.title },
      ),
    ),
});

const controls = bindControls({ audio, onSeek: player.seek, onChange: drawPlayer });
const title = bindTitle({
  title: () => state.playlist?.title ?? "",
  onRename: (wanted) => deeds.edit([{ op: "rename", title: wanted }]),
});
bindDrag(byId("rows"), (track, position) =>
  deeds.edit([{ op: "move", track, position }]),
);

const mentions = makeMentions({
  text,
  target: byId("composer"),
  track: (id) => knownTracks(state).get(id),
  playlist: () => state.playlist,
});

/** @param {ServerFrame | LocalAction} action */
function dispatch(action) {
  const before = state;
  const next = reduce(state, action);
  // What plays goes on, from the songs of the conversation that it was found in.
  const isLeft = next.conversation !== state.conversation;
  if (isLeft || action.type === "local.opened") player.keepQueue();
  state = next;
  if (state.link === "online") wasOnline = true;
  if (state.hasGap && !before.hasGap) resume();
  if (state.isStale && !before.isStale) rooms.again();
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
  choosing.draw();
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
    isSeeking: controls.isSeeking(),
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
    const { seq } = state;
    dispatch(frame);
    if (frame.type === "tracks" && state.seq > seq) playAsked(frame);
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

const deeds = makeDeeds({
  state: () => state,
  dispatch,
  send: (frame) => socket.send(frame),
  isEarly: () => !wasOnline && state.link === "connecting",
  hold: (words) => {
    text.value = words;
    isHeld = true;
  },
  onSaid: () => scroll.toNewest(),
});

const choosing = bindChoosing({
  state: () => state,
  dispatch,
  send: (frame) => socket.send(frame),
  newId: deeds.newId,
  tell: deeds.tell,
});

/**
 * A song was asked to be heard: it starts in the tab where that was said.
 * @param {Extract<ServerFrame, {type: "tracks"}>} frame
 */
function playAsked({ play, message }) {
  const turn = state.turns.find((t) => t.id === message);
  const track = turn?.tracks.find((t) => t.id === play);
  if (turn && track?.audio_url && deeds.isMine(turn.key)) player.playFromStart(track, null);
}

/** What was said before the page was connected goes out with the server's greeting. */
function sayHeld() {
  if (!isHeld) return;
  isHeld = false;
  if (deeds.say(text.value)) text.value = "";
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
  current: () => state.conversation,
});
const talks = makeTalks({ app, dispatch });
bindFinding({ url: app.dataset.findUrl ?? "", dispatch });
const amending = makeAmending({ amend: deeds.amend });

const keys = bindKeys({ player, move: deeds.move, edit: deeds.edit, stop: deeds.stop });

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
      deeds.toggleReaction(trackId, /** @type {"like" | "dislike"} */ (target.dataset.act), message);
      break;
    case "like-current": {
      const { track } = player.playing();
      if (track) deeds.toggleReaction(track.id, "like", null);
      break;
    }
    case "more":
      deeds.moreLike(trackId, message);
      break;
    case "add":
      if (target.getAttribute("aria-disabled") !== "true") {
        deeds.edit([{ op: "add", tracks: [trackId] }]);
      }
      break;
    case "remove":
      keys.focusAfter(trackId);
      deeds.edit([{ op: "remove", tracks: [trackId] }]);
      break;
    case "up":
      deeds.move(trackId, -1);
      break;
    case "down":
      deeds.move(trackId, 1);
      break;
    case "mention":
      drawers.close();
      mentions.mention(target);
      break;
    case "tray":
      toggleTray(target);
      break;
    case "prompt":
      deeds.say(target.textContent ?? "");
      text.focus();
      break;
    case "retry": {
      const words = turn?.querySelector("[data-slot=text]")?.textContent ?? "";
      if (message && queuedTurn(state)?.id === message) takeBack();
      else if (message) deeds.amend(message, words);
      else deeds.sayAgain(words);
      break;
    }
    case "amend":
      amending.open(/** @type {HTMLElement} */ (turn));
      break;
    case "close-amend":
      amending.close();
      break;
    case "stop":
      deeds.stop();
      text.focus();
      break;
    case "undo":
      deeds.undo();
      break;
    case "redo":
      deeds.redo();
      break;
    case "rename":
      title.open();
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
      controls.mute();
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
    case "open-steps":
      /** @type {HTMLDialogElement} */ (byId("keys")).close();
      steps.open();
      break;
    case "next-step":
      steps.next();
      break;
    case "previous-step":
      steps.previous();
      break;
    case "leave-steps":
      steps.leave();
      break;
    case "close-notice": {
      const notice = /** @type {HTMLElement} */ (target.closest("[data-key]"));
      dispatch({ type: "local.notice-closed", key: notice.dataset.key ?? "" });
      break;
    }
    case "copy":
      void copy(state.turns.find((t) => t.key === source));
      break;
    case "new":
      rooms.begin(event);
      break;
    case "change":
      talks.change(target, event);
      break;
    case "close-change":
      talks.close();
      break;
    case "pin":
      talks.pin();
      break;
    case "delete":
      talks.remove();
      break;
  }
}

/** @param {import("./protocol.js").Turn | undefined} turn */
async function copy(turn) {
  if (!turn) return;
  const isDone = await copied(textOf(turn));
  const words = isDone
    ? gettext("Copied, with the list of songs.")
    : gettext("The browser doesn't let this page copy. Select the words and copy them.");
  dispatch({ type: "local.notice", key: "copy", words, isError: !isDone });
}

/** What waited comes back into the box, unless something else is written there. */
function takeBack() {
  const words = deeds.takeBack();
  if (text.value.trim() === "") text.value = words;
  text.focus();
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
  if (!deeds.say(text.value)) return;
  text.value = "";
  fitText();
  askDraw();
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    /** @type {HTMLFormElement} */ (byId("composer")).requestSubmit();
  }
});
text.addEventListener("input", () => {
  fitText();
  askDraw();
});

/** Let the box grow with its words where the browser doesn't by itself. */
function fitText() {
  if (CSS.supports("field-sizing", "content")) return;
  text.style.blockSize = "auto";
  text.style.blockSize = `${text.scrollHeight}px`;
}

// --- begin ---------------------------------------------------------------------------

const stored = document.getElementById("snapshot");
bindLooks();
const isPrepared = takePrepared(text);
if (isPrepared) fitText();
dispatch({ type: "local.talks", talks: listedTalks() });
if (stored) {
  dispatch({ type: "local.opened", snapshot: JSON.parse(stored.textContent ?? "null") });
}
keepDraft(text);
draw();
fitText();
scroll.toNewest();
if (app.dataset.progressUrl) void watchMaking(app.dataset.progressUrl);
if (isPrepared || matchMedia("(hover: hover)").matches) text.focus();
// Last, so that the focus comes back into the message box.
const steps = makeSteps();
keepOfflinePage();
