// @ts-check
// What is drawn over the dots: a playlist's path with its numbers, crosses on songs that are
// never to be heard, and rings around the song that was chosen and the one pointed at.

/** @typedef {import("./camera.js").Camera} Camera */
/** @typedef {import("./points.js").Points} Points */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {object} options
 * @param {SVGSVGElement} options.svg
 * @param {Camera} options.camera
 * @param {Points} options.points
 * @param {number[]} options.path songs of the playlist, in its order
 */
export function makeMarks({ svg, camera, points, path }) {
  const line = made("polyline", "map__path");
  const ends = path.map((_song, i) => {
    const isEnd = i === 0 || i === path.length - 1;
    const group = made("g", isEnd ? "map__stop map__stop--end" : "map__stop");
    const dot = made("circle", "map__stop-dot");
    dot.setAttribute("r", isEnd ? "11" : "4");
    group.append(dot);
    if (isEnd) {
      const number = made("text", "map__stop-number");
      number.setAttribute("text-anchor", "middle");
      number.setAttribute("dy", "0.35em");
      number.textContent = String(i + 1);
      group.append(number);
    }
    return group;
  });
  const way = made("g", "map__way");
  // The first stop lies on top, and the last one under it.
  way.append(line, ...ends.slice(1, -1), ...ends.slice(1).slice(-1), ...ends.slice(0, 1));
  const rings = { hovered: made("circle", "map__ring"), chosen: made("circle", "map__ring map__ring--chosen") };
  const crosses = [made("path", "map__crosses map__crosses--ground"), made("path", "map__crosses")];
  svg.append(...crosses, way, rings.hovered, rings.chosen);

  /** @param {number} song */
  const seen = (song) => camera.seen(points.x[song], points.y[song]);

  return {
    /**
     * @param {object} now
     * @param {number | null} now.chosen
     * @param {number | null} now.hovered
     * @param {number[]} now.crossed
     * @param {boolean} now.isPathShown
     * @param {number} now.dotSize
     */
    draw({ chosen, hovered, crossed, isPathShown, dotSize }) {
      const reach = dotSize / 2 + 2;
      const across = 2 * reach;
      const strokes = crossed.map(seen).flatMap(({ left, top }) => [
        ...["M", left - reach, top - reach, "l", across, across],
        ...["m", 0, -across, "l", -across, across],
      ]);
      for (const cross of crosses) cross.setAttribute("d", strokes.join(" "));
      way.toggleAttribute("hidden", !isPathShown);
      if (isPathShown) {
        const spots = path.map(seen);
        line.setAttribute("points", spots.map(({ left, top }) => `${left},${top}`).join(" "));
        spots.forEach(({ left, top }, i) => {
          ends[i].setAttribute("transform", `translate(${left} ${top})`);
        });
      }
      for (const [ring, song] of /** @type {const} */ ([
        [rings.hovered, hovered],
        [rings.chosen, chosen],
      ])) {
        ring.toggleAttribute("hidden", song === null);
        if (song === null) continue;
        const { left, top } = seen(song);
        ring.setAttribute("cx", String(left));
        ring.setAttribute("cy", String(top));
        ring.setAttribute("r", String(dotSize / 2 + 4));
      }
    },
  };
}

/**
 * @param {string} name
 * @param {string} className
 */
function made(name, className) {
  const element = document.createElementNS(SVG, name);
  element.setAttribute("class", className);
  return element;
}
