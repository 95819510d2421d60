// @ts-check
// The player on pages that start no song themselves: it goes on with what was playing.

import { carryOn } from "./carrying.js";
import { bindControls, keptFade } from "./controls.js";
import { makeDecks } from "./decks.js";
import { makePlayer } from "./player.js";
import { byId } from "./render/dom.js";
import { renderPlayer } from "./render/player.js";

const audio = makeDecks(
  /** @type {HTMLAudioElement} */ (byId("audio")),
  /** @type {HTMLAudioElement} */ (byId("audio-ahead")),
);
const player = makePlayer({
  audio,
  fade: keptFade,
  queueOf: () => [],
  isRefused: () => false, // left out already when the queue was left
  onChange: draw,
  onFailure: () => {},
});
const controls = bindControls({ audio, onSeek: player.seek, onChange: draw });

function draw() {
  renderPlayer({
    playing: player.playing(),
    audio,
    hasNext: player.hasNext(),
    canStart: player.canStart(),
    reaction: null,
    isSeeking: controls.isSeeking(),
  });
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target).closest("#player [data-act]");
  const act = target instanceof HTMLElement ? target.dataset.act : undefined;
  if (act === "toggle") player.toggle();
  else if (act === "next") player.next();
  else if (act === "previous") player.previous();
  else if (act === "mute") controls.mute();
});
carryOn(player);
