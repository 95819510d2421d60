// @ts-check
// Where everything meets: deeds of the listener and frames of the server go into the
// state, and the state is drawn.

import { bindActs, toggleTray } from "./acts.js";
import { makeAmending } from "./amend.js";
import { carryOn } from "./carrying.js";
import { bindChoosing } from "./choosing.js";
import { makeComposer } from "./composer.js";
import { bindControls, bindFade } from "./controls.js";
import { copied } from "./clipboard.js";
import { textOf } from "./copying.js";
import { makeDecks } from "./decks.js";
import { makeDeeds } from "./deeds.js";
import { keepDraft } from "./draft.js";
import { bindDrag } from "./drag.js";
import { makeDrawers } from "./drawers.js";
import { bindFinding } from "./finding.js";
import { bindKeys } from "./keys.js";
import { bindLooks } from "./looks.js";
import { watchMaking } from "./making.js";
import { makeMentions } from "./mentions.js";
import { keepOfflinePage } from "./offline.js";
import { makePlayer } from "./player.js";
import { takePrepared } from "./prepared.js";
import { reduce } from "./reduce.js";
import { REFRESHED } from "./refreshing.js";
import { isRefused, refusedAtFirst, refusedBy } from "./refusing.js";
import { byId } from "./render/dom.js";
import { renderFoot } from "./render/foot.js";
import { renderPanel } from "./render/panel.js";
import { renderPlayer } from "./render/player.js";
import { listedTalks, renderSide } from "./render/side.js";
import { renderTranscript } from "./render/transcript.js";
import { offerReasons, putReasonsAway, reasonOf } from "./reasons.js";
import { makeRooms } from "./rooms.js";
import { makeScroll } from "./scroll.js";
import { openSocket, socketUrl } from "./socket.js";
import { emptyState, knownTracks, queuedTurn } from "./state.js";
import { makeSteps } from "./steps.js";
import { makeTalks } from "./talks.js";
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
const text = /** @type {HTMLTextAreaElement} */ (byId("composer-text"));
const help = /** @type {HTMLDialogElement} */ (byId("keys"));

let state = emptyState(refusedAtFirst());
let wasOnline = false;
let isHeld = false;
let isDrawAsked = false;
let changeTimer = 0;

// --- drawing ----------------------------------------------------------------------

const scroll = makeScroll({
  view: byId("log-scroll"),
  turns: byId("turns"),
  latest: byId("latest"),
  earlier: byId("earlier"),
  onEarlier() {
    dispatch({ type: "local.earlier" });
    draw();
  },
});
const drawers = makeDrawers();
const player = makePlayer({
  audio,
  fade: bindFade(),
  queueOf: (source) =>
    (source === null
      ? state.playlist?.tracks
      : state.turns.find((t) => t.key === source)?.tracks) ?? [],
  listId: () => state.playlist?.id ?? "",
  isRefused: (track) => isRefused(state.refused, track),
  onChange: drawPlayer,
  onLeft: (track, how) => deeds.note(track.id, how),
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
  description: () => state.playlist?.description ?? "",
  onChange: (ops) => deeds.edit(ops),
});
bindDrag(byId("rows"), (row, over) => deeds.drop(row, over));

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
  if (state.waiting !== before.waiting) deeds.goOn();
  if (state.refused !== before.refused) player.leaveRefused();
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
  const shown = `${track?.id} ${playing.row} ${playing.isOn}`;
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

const socket = openSocket({
  url: socketUrl(app.dataset.socket ?? ""),
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

const keys = bindKeys({ player, move: deeds.move, remove: deeds.remove, stop: deeds.stop });

bindActs({
  play({ track, row, source }) {
    const song = knownTracks(state).get(track);
    if (song?.audio_url) player.playOrPause(song, source, row);
  },
  like: ({ track, message }) => deeds.toggleReaction(track, "like", message),
  dislike({ target, track, message }) {
    offerReasons(target, deeds.toggleReaction(track, "dislike", message));
  },
  reason({ target, track, message }) {
    deeds.react(track, "dislike", message, { reason: reasonOf(target) });
    putReasonsAway(target);
  },
  never({ target, track }) {
    deeds.never(track, null);
    putReasonsAway(target);
  },
  "never-artist"({ target, track }) {
    deeds.never(track, 0);
    putReasonsAway(target);
  },
  "may-play"({ target, track }) {
    // The button goes with what it does.
    const next = target.closest(".song")?.querySelector("[data-act=like]");
    if (next instanceof HTMLElement) next.focus();
    const song = knownTracks(state).get(track);
    for (const by of song ? refusedBy(state.refused, song) : []) deeds.never(track, by, false);
  },
  lift({ target }) {
    const key = noticeKey(target);
    const lift = state.notices.find((notice) => notice.key === key)?.lift;
    if (lift) deeds.never(lift.track, lift.artist, false);
  },
  "like-current"() {
    const { track } = player.playing();
    if (track) deeds.toggleReaction(track.id, "like", null, "player");
  },
  more: ({ track, message }) => deeds.moreLike(track, message),
  add({ target, track }) {
    if (target.getAttribute("aria-disabled") === "true") return;
    deeds.edit([{ op: "add", tracks: [track] }]);
  },
  "add-again"({ target, event }) {
    const key = noticeKey(target);
    const again = state.notices.find((notice) => notice.key === key)?.again;
    if (again) deeds.edit([{ op: "add", tracks: again, again: true }]);
    dispatch({ type: "local.notice-closed", key });
    // Pressed by key, the button takes the focus along.
    if (event.detail === 0) text.focus();
  },
  remove({ row }) {
    keys.focusAfter(row);
    deeds.remove(row);
  },
  up: ({ row }) => deeds.move(row, -1),
  down: ({ row }) => deeds.move(row, 1),
  mention({ target }) {
    drawers.close();
    mentions.mention(target);
  },
  tray: ({ target }) => toggleTray(target),
  prompt({ target }) {
    deeds.say(target.textContent ?? "");
    text.focus();
  },
  retry({ turn, message }) {
    const words = turn?.querySelector("[data-slot=text]")?.textContent ?? "";
    if (message && queuedTurn(state)?.id === message) takeBack();
    else if (message) deeds.amend(message, words);
    else deeds.sayAgain(words);
  },
  amend: ({ turn }) => turn && amending.open(turn),
  "close-amend": () => amending.close(),
  stop() {
    deeds.stop();
    text.focus();
  },
  copy: ({ source }) => void copy(state.turns.find((t) => t.key === source)),
  undo: () => deeds.undo(),
  redo: () => deeds.redo(),
  order({ target }) {
    target.closest("details")?.removeAttribute("open");
    deeds.say(target.dataset.words ?? "");
  },
  rename: () => title.open(),
  "play-all": () => player.playAll(),
  toggle: () => player.toggle(),
  next: () => player.next(),
  previous: () => player.previous(),
  mute: () => controls.mute(),
  latest: () => scroll.toNewest(),
  earlier({ event }) {
    event.preventDefault();
    scroll.showEarlier();
  },
  "open-side": () => drawers.show("side"),
  "open-panel": () => drawers.show("panel"),
  "close-side": () => drawers.show(null),
  "close-panel": () => drawers.show(null),
  keys: () => help.showModal(),
  "open-steps"() {
    help.close();
    steps.open();
  },
  "next-step": () => steps.next(),
  "previous-step": () => steps.previous(),
  "leave-steps": () => steps.leave(),
  "close-notice"({ target }) {
    const key = noticeKey(target);
    dispatch({ type: "local.notice-closed", key });
    if (key === REFRESHED) deeds.seeRefresh();
  },
  new: ({ event }) => rooms.begin(event),
  change: ({ target, event }) => talks.change(target, event),
  "close-change": () => talks.close(),
  pin: () => talks.pin(),
  delete: () => talks.remove(),
});

/** @param {HTMLElement} target in a notice */
function noticeKey(target) {
  return /** @type {HTMLElement} */ (target.closest("[data-key]")).dataset.key ?? "";
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

const composer = makeComposer({
  form: /** @type {HTMLFormElement} */ (byId("composer")),
  text,
  say: deeds.say,
  onChange: askDraw,
});

// --- begin ---------------------------------------------------------------------------

const stored = document.getElementById("snapshot");
bindLooks();
const isPrepared = takePrepared(text);
if (isPrepared) composer.fit();
dispatch({ type: "local.talks", talks: listedTalks() });
if (stored) {
  dispatch({ type: "local.opened", snapshot: JSON.parse(stored.textContent ?? "null") });
}
carryOn(player);
keepDraft(text);
draw();
composer.fit();
scroll.toNewest();
if (app.dataset.progressUrl) void watchMaking(app.dataset.progressUrl);
if (isPrepared || matchMedia("(hover: hover)").matches) text.focus();
// Last, so that the focus comes back into the message box.
const steps = makeSteps();
keepOfflinePage();
