// @ts-check
// The map of the catalog: dots, what is chosen among them, and what plays.

import { carryOn } from "../carrying.js";
import { bindControls, bindFade } from "../controls.js";
import { makeDecks } from "../decks.js";
import { makePlayer } from "../player.js";
import { byId, setText } from "../render/dom.js";
import { renderPlayer } from "../render/player.js";
import { makeCamera, STEP } from "./camera.js";
import { makeCard } from "./card.js";
import { bindFinder } from "./finder.js";
import { bindGestures } from "./gestures.js";
import { makeGrid } from "./grid.js";
import { makeLegend } from "./legend.js";
import { makeMarks } from "./marks.js";
import { makePainter } from "./painter.js";
import { byGenre, byMood, unpack } from "./points.js";
import { watchRefused } from "./ruling.js";
import { makeSongs } from "./songs.js";
import { watchDrawing } from "./watching.js";

/** @typedef {import("./points.js").Points} Points */
/** @typedef {import("./songs.js").Song} Song */

// How near to a dot one must point, in CSS pixels; fingers are broader than arrows.
const REACH_PX = 14;
// A song that was looked up is shown with so many around it, however close they lie.
const SURROUNDINGS = 12;
const REACH_OF_VIEW = 0.38;
// As in map.css: the legend would leave the map no room there.
const NARROW = "(max-width: 56rem)";
// What plays after a song: those around it.
const QUEUE = 25;

/**
 * @param {HTMLElement} root
 * @param {Points} points
 */
function open(root, points) {
  const { songsUrl = "", findUrl = "", refusedUrl = "", newUrl = "", unknown = "", other = "" } = root.dataset;
  const stage = byId("map-stage");
  const canvas = /** @type {HTMLCanvasElement} */ (byId("map-canvas"));
  const audio = makeDecks(
    /** @type {HTMLAudioElement} */ (byId("audio")),
    /** @type {HTMLAudioElement} */ (byId("audio-ahead")),
  );
  const tip = byId("map-tip");
  /** @type {number[]} */
  const path = JSON.parse(byId("map-path").textContent || "[]") || [];
  const moods = JSON.parse(byId("map-moods").textContent ?? "[]");

  const songs = makeSongs({ songsUrl, findUrl, refusedUrl, map: points.map });
  const grid = makeGrid(points);
  const camera = makeCamera(() => askDraw());
  const painter = makePainter(canvas, points, camera);
  const legend = makeLegend({ list: byId("map-legend"), ruled: byId("map-ruled"), onChange: () => askDraw(true) });
  const svg = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (byId("map-marks")));
  const marks = makeMarks({ svg, camera, points, path });
  const card = makeCard({ newUrl });
  const ruling = watchRefused({ songs, path: root.dataset.socket ?? "", onChange: ruledAnew });

  let colouring = byGenre(points, { other, unknown });
  let palette = legend.palette();
  let isPathShown = path.length > 0;
  /** @type {number | null} */
  let chosen = null;
  /** @type {number | null} */
  let hovered = null;
  /** Songs that "next nearest" has led through already. @type {Set<number>} */
  const seen = new Set();
  let isAsked = false;

  // --- drawing ---------------------------------------------------------------------

  function askDraw(isColourNew = false) {
    if (isColourNew) palette = legend.palette();
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(draw);
  }

  function draw() {
    isAsked = false;
    painter.paint(palette);
    const crossed = [...ruling.numbers()].filter(isShown);
    marks.draw({ chosen, hovered, crossed, isPathShown, dotSize: painter.dotSize() });
    placeTip();
  }

  /** @param {string} kind */
  function colourBy(kind) {
    colouring = kind === "mood" ? byMood(points, [...moods, unknown]) : byGenre(points, { other, unknown });
    painter.recolour(/** @type {Uint8Array<ArrayBuffer>} */ (colouring.of));
    legend.show(colouring.categories, kind);
    askDraw(true);
  }

  // --- choosing --------------------------------------------------------------------

  const isShown = (/** @type {number} */ song) => legend.isShown(colouring.of[song]);

  /**
   * @param {number} left
   * @param {number} top
   */
  function songAt(left, top) {
    const { x, y } = camera.placeAt(left, top);
    const within = REACH_PX / camera.scale();
    return grid.near(x, y, { count: 1, within, isShown })[0] ?? null;
  }

  /** @param {number} song */
  async function choose(song) {
    chosen = song;
    askDraw();
    const found = await songs.get(song);
    if (chosen !== song) return;
    if (!found) return say(root.dataset.gone ?? "");
    showCard(found);
    drawPlayer();
    const ruled = ruling.holds(found) ? ` – ${root.dataset.ruled}` : "";
    say(`${found.title}, ${found.artists.join(", ")}${ruled}`);
  }

  /** @param {Song} song */
  function showCard(song) {
    card.show(song, ruling.holds(song));
  }

  /** @param {Song} song */
  function goTo(song) {
    const [x, y] = [points.x[song.number], points.y[song.number]];
    const around = grid.near(x, y, { count: SURROUNDINGS + 1, isShown });
    const last = around[around.length - 1] ?? song.number;
    const reach = Math.hypot(points.x[last] - x, points.y[last] - y);
    const zoom = Math.max(1, REACH_OF_VIEW / Math.max(reach, 1e-6));
    // Under what was found there is hardly a map left on a phone.
    if (matchMedia(NARROW).matches) finder.clear();
    camera.go({ x, y, zoom });
    seen.clear();
    void choose(song.number);
  }

  /** On to the nearest song that wasn't shown on this walk yet. */
  function chooseNext() {
    const from = chosen === null ? camera.middle() : { x: points.x[chosen], y: points.y[chosen] };
    if (chosen !== null) seen.add(chosen);
    const isNew = (/** @type {number} */ song) => isShown(song) && !seen.has(song);
    const [next] = grid.near(from.x, from.y, { count: 1, isShown: isNew });
    if (next === undefined) return;
    camera.go({ x: points.x[next], y: points.y[next], zoom: camera.zoom() });
    void choose(next);
  }

  function close() {
    const hadFocus = card.hasFocus();
    chosen = null;
    card.hide();
    askDraw();
    if (hadFocus) canvas.focus({ preventScroll: true });
  }

  /** @param {string} words */
  function say(words) {
    setText(byId("map-said"), words);
  }

  /** @param {number | null} song */
  async function hover(song) {
    if (song === hovered) return;
    hovered = song;
    tip.hidden = true;
    askDraw();
    const found = song === null ? null : await songs.get(song);
    if (!found || hovered !== song) return;
    setText(tip, `${found.title} – ${found.artists.join(", ")}`);
    tip.hidden = false;
    placeTip();
  }

  function placeTip() {
    if (hovered === null || tip.hidden) return;
    const { left, top } = camera.seen(points.x[hovered], points.y[hovered]);
    const { width } = camera.size();
    const half = tip.offsetWidth / 2;
    const middle = Math.max(half + 4, Math.min(width - half - 4, left));
    tip.style.setProperty("transform", `translate(${middle - half}px, ${top - 44}px)`);
  }

  // --- playing ---------------------------------------------------------------------

  /** @type {Song[]} */
  let queue = [];
  const player = makePlayer({
    audio,
    fade: bindFade(),
    queueOf: () => queue,
    isRefused: ruling.holds,
    onChange: () => drawPlayer(),
    onFailure: (song) => say(`${song.title}: ${root.dataset.silent ?? ""}`),
  });
  const controls = bindControls({ audio, onSeek: player.seek, onChange: () => drawPlayer() });

  function drawPlayer() {
    const playing = player.playing();
    renderPlayer({
      playing,
      audio,
      hasNext: player.hasNext(),
      canStart: player.canStart(),
      reaction: null,
      isSeeking: controls.isSeeking(),
    });
    const song = chosen === null ? null : songs.held(chosen);
    card.playing(playing.isOn && song?.id === playing.track?.id);
  }

  /** Play what is chosen, then the playlist if it is of it, or else what lies around. */
  async function play() {
    const number = chosen;
    const song = number === null ? null : await songs.get(number);
    if (number === null || !song || ruling.holds(song)) return;
    if (queue[0]?.id !== song.id) queue = [song];
    player.playOrPause(song, null);
    const onPath = path.indexOf(number);
    const next =
      isPathShown && onPath >= 0
        ? path.slice(onPath)
        : grid.near(points.x[number], points.y[number], { count: QUEUE, isShown });
    const others = await Promise.all(next.filter((n) => n !== number).map(songs.get));
    queue = [song, ...others.filter((other) => other !== null)];
    drawPlayer();
  }

  /** What is never to be heard has changed: what plays, what is chosen, what is found. */
  function ruledAnew() {
    player.leaveRefused();
    const song = chosen === null ? null : songs.held(chosen);
    if (song) showCard(song);
    legend.tellRuled(ruling.numbers().size);
    finder.draw();
    drawPlayer();
    askDraw();
  }

  function rule() {
    const song = chosen === null ? null : songs.held(chosen);
    if (song && !ruling.turn(song)) say(root.dataset.offline ?? "");
  }

  // --- begin -----------------------------------------------------------------------

  const finder = bindFinder({ songs, isRefused: ruling.holds, onChoose: goTo });
  bindGestures({
    stage: canvas,
    camera,
    onTap: (left, top) => {
      seen.clear();
      const song = songAt(left, top);
      if (song === null) close();
      else void choose(song);
    },
    onHover: (left, top) => void hover(songAt(left, top)),
    onLeave: () => void hover(null),
    onKey: (key) => {
      const { x, y } = camera.middle();
      if (key === "Enter") {
        const [song] = grid.near(x, y, { count: 1, isShown });
        if (song !== undefined) void choose(song);
      } else if (key === "n") chooseNext();
      else if (key === " ") void play();
      else if (key === "Escape") close();
      else return false;
      return true;
    },
  });
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target).closest("[data-act]");
    const act = target instanceof HTMLElement ? target.dataset.act : undefined;
    if (act === "play") void play();
    else if (act === "nearest") chooseNext();
    else if (act === "rule") rule();
    else if (act === "close-card") close();
    else if (act === "zoom-in") camera.zoomAt(STEP);
    else if (act === "zoom-out") camera.zoomAt(1 / STEP);
    else if (act === "whole") camera.showWhole();
    else if (act === "toggle") player.toggle();
    else if (act === "next") player.next();
    else if (act === "previous") player.previous();
    else if (act === "mute") controls.mute();
  });
  for (const input of document.querySelectorAll("input[name=colour]")) {
    const radio = /** @type {HTMLInputElement} */ (input);
    radio.addEventListener("change", () => colourBy(radio.value));
  }
  const shows = document.getElementById("map-path-shown");
  shows?.addEventListener("change", () => {
    isPathShown = /** @type {HTMLInputElement} */ (shows).checked;
    askDraw();
  });
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", () => askDraw(true));
  }
  if (matchMedia(NARROW).matches) byId("map-colours").removeAttribute("open");
  new ResizeObserver(() => painter.fit()).observe(stage);
  painter.fit();
  colourBy("genre");
  drawPlayer();
  carryOn(player);
  stage.dataset.drawn = String(points.count);
}

async function begin() {
  const root = byId("map");
  const { pointsUrl, progressUrl = "" } = root.dataset;
  watchDrawing(progressUrl);
  if (!pointsUrl) return;
  try {
    const answer = await fetch(pointsUrl);
    if (!answer.ok) throw new Error(`The map answers ${answer.status}`);
    open(root, unpack(await answer.arrayBuffer()));
    byId("map-loading").hidden = true;
  } catch (error) {
    console.error(error);
    setText(byId("map-loading"), byId("map-loading").dataset.failed ?? "");
  }
}

void begin();
