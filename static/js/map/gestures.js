// @ts-check
// Moving about on the map: drag, wheel, two fingers, and keys.

import { STEP } from "./camera.js";

/** @typedef {import("./camera.js").Camera} Camera */

const PAN_PX = 80;
// A finger that moved less than this meant the spot.
const TAP_PX = 6;
const WHEEL_SPEED = 0.0016;

/**
 * @param {object} options
 * @param {HTMLElement} options.stage
 * @param {Camera} options.camera
 * @param {(left: number, top: number) => void} options.onTap
 * @param {(left: number, top: number) => void} options.onHover
 * @param {() => void} options.onLeave
 * @param {(key: string) => boolean} options.onKey says whether the key meant something
 */
export function bindGestures({ stage, camera, onTap, onHover, onLeave, onKey }) {
  /** @type {Map<number, {left: number, top: number}>} */
  const down = new Map();
  let moved = 0;

  /** @param {PointerEvent | WheelEvent} event */
  function spot(event) {
    const box = stage.getBoundingClientRect();
    return { left: event.clientX - box.left, top: event.clientY - box.top };
  }

  /** The middle of all fingers, and how far they are apart. */
  function grip() {
    const all = [...down.values()];
    const left = all.reduce((sum, at) => sum + at.left, 0) / all.length;
    const top = all.reduce((sum, at) => sum + at.top, 0) / all.length;
    const span = all.reduce((sum, at) => sum + Math.hypot(at.left - left, at.top - top), 0);
    return { left, top, span };
  }

  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (down.size === 0) moved = 0;
    down.set(event.pointerId, spot(event));
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    const at = spot(event);
    if (!down.has(event.pointerId)) {
      if (event.pointerType !== "touch") onHover(at.left, at.top);
      return;
    }
    const before = grip();
    down.set(event.pointerId, at);
    const now = grip();
    moved += Math.hypot(now.left - before.left, now.top - before.top);
    if (down.size > 1) moved = TAP_PX + 1;
    if (moved <= TAP_PX) return;
    stage.dataset.dragged = "";
    camera.pan(now.left - before.left, now.top - before.top);
    if (down.size > 1 && before.span > 0) {
      camera.zoomAt(now.span / before.span, now.left, now.top);
    }
  });
  /** @param {PointerEvent} event */
  function up(event) {
    const at = down.get(event.pointerId);
    down.delete(event.pointerId);
    if (down.size === 0) delete stage.dataset.dragged;
    if (at && event.type === "pointerup" && moved <= TAP_PX) onTap(at.left, at.top);
  }
  stage.addEventListener("pointerup", up);
  stage.addEventListener("pointercancel", up);
  stage.addEventListener("pointerleave", onLeave);
  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const { left, top } = spot(event);
      camera.zoomAt(Math.exp(-event.deltaY * lines * WHEEL_SPEED), left, top);
    },
    { passive: false },
  );

  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (moveBy(event.key) || onKey(event.key)) event.preventDefault();
  });

  /** @param {string} key */
  function moveBy(key) {
    switch (key) {
      case "ArrowLeft":
        camera.pan(PAN_PX, 0);
        return true;
      case "ArrowRight":
        camera.pan(-PAN_PX, 0);
        return true;
      case "ArrowUp":
        camera.pan(0, PAN_PX);
        return true;
      case "ArrowDown":
        camera.pan(0, -PAN_PX);
        return true;
      case "+":
      case "=":
        camera.zoomAt(STEP);
        return true;
      case "-":
        camera.zoomAt(1 / STEP);
        return true;
      case "0":
        camera.showWhole();
        return true;
    }
    return false;
  }
}
