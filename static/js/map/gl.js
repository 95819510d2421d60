// @ts-check
// Draws the dots by WebGL2: one call, however many there are.

/** @typedef {import("./points.js").Points} Points */
/** @typedef {import("./camera.js").Picture} Picture */

export const MAX_CATEGORIES = 16;
const IMITATIONS = /swiftshader|llvmpipe|softpipe|software|basic render/i;

const VERTEX = `#version 300 es
layout(location = 0) in float x;
layout(location = 1) in float y;
layout(location = 2) in uint category;
uniform vec4 view;
uniform float size;
uniform vec4 palette[${MAX_CATEGORIES}];
out vec4 colour;
void main() {
  colour = palette[category];
  vec2 place = vec2(x, y) * view.xy + view.zw;
  gl_Position = colour.a > 0.0 ? vec4(place.x, -place.y, 0.0, 1.0) : vec4(2.0, 2.0, 0.0, 1.0);
  gl_PointSize = size;
}`;
const FRAGMENT = `#version 300 es
precision highp float;
in vec4 colour;
uniform float size;
out vec4 dot_;
void main() {
  float far = length(gl_PointCoord - 0.5) * size;
  float alpha = colour.a * clamp(size * 0.5 - far + 0.5, 0.0, 1.0);
  dot_ = vec4(colour.rgb * alpha, alpha);
}`;

/**
 * Null where the browser has no WebGL2, or none that is quicker than plain pixels.
 * @param {HTMLCanvasElement} canvas
 * @param {Points} points
 * @param {boolean} isForced take a slow one too
 */
export function makeGlPainter(canvas, points, isForced) {
  // A canvas that had one kind of context never gets the other, so another one is asked.
  if (!isForced && isImitated()) return null;
  const gl = canvas.getContext("webgl2", { antialias: false });
  if (!gl) return null;
  /** @type {WebGLProgram | null} */
  let program = null;
  /** @type {WebGLBuffer | null} */
  let categories = null;
  let given = new Uint8Array(points.count);

  function begin() {
    program = linked(gl);
    gl.useProgram(program);
    numbers(0, points.x);
    numbers(1, points.y);
    categories = gl.createBuffer();
    recolour(given);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  /**
   * @param {number} place
   * @param {Float32Array} values
   */
  function numbers(place, values) {
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, 1, gl.FLOAT, false, 0, 0);
  }

  /** @param {Uint8Array<ArrayBuffer>} of each song's category */
  function recolour(of) {
    given = of;
    gl.bindBuffer(gl.ARRAY_BUFFER, categories);
    gl.bufferData(gl.ARRAY_BUFFER, of, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(2);
    gl.vertexAttribIPointer(2, 1, gl.UNSIGNED_BYTE, 0, 0);
  }

  /** @param {Picture} picture */
  function paint({ camera, ratio, size, palette }) {
    if (!program) return;
    const { width, height } = camera.size();
    const { x, y } = camera.middle();
    const across = (2 * camera.scale()) / width;
    const down = (2 * camera.scale()) / height;
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform4f(gl.getUniformLocation(program, "view"), across, down, -x * across, -y * down);
    gl.uniform1f(gl.getUniformLocation(program, "size"), size * ratio);
    const colours = new Float32Array(MAX_CATEGORIES * 4);
    colours.set(palette.flatMap((colour) => colour.map((part) => part / 255)));
    gl.uniform4fv(gl.getUniformLocation(program, "palette"), colours);
    gl.drawArrays(gl.POINTS, 0, points.count);
  }

  canvas.addEventListener("webglcontextlost", (event) => {
    event.preventDefault();
    program = null;
  });
  canvas.addEventListener("webglcontextrestored", begin);
  begin();
  return { recolour, paint };
}

/** Whether WebGL is done by the processor; `failIfMajorPerformanceCaveat` doesn't tell. */
function isImitated() {
  const gl = document.createElement("canvas").getContext("webgl2");
  const named = gl?.getExtension("WEBGL_debug_renderer_info");
  const renderer = named && gl?.getParameter(named.UNMASKED_RENDERER_WEBGL);
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return IMITATIONS.test(String(renderer));
}

/** @param {WebGL2RenderingContext} gl */
function linked(gl) {
  const program = gl.createProgram();
  for (const [kind, code] of /** @type {const} */ ([
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ])) {
    const shader = gl.createShader(kind);
    if (!shader) continue;
    gl.shaderSource(shader, code);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(gl.getProgramInfoLog(program) ?? "");
  }
  return program;
}
