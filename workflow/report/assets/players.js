// Players by kind. REPORT_DATA[name] = {kind, start, milliseconds?, frames, labels: {en: [...], ja: [...]}, ...}:
// "frames"  pictures of one size (width, height): a frame is base64 of packed bits (encoding "bits", row by row,
//           most significant first) or the address of an image (encoding "image")
// "curves"  lines in one pair of axes: x (shared by all) or a frame's own, x_label, y_label, x_range?, y_range,
//           series [{label?, color, dash?, marks?}]; a frame has for each series its y values or {x, y}
"use strict";

const COLOR = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

function unpacked(frame, n) {
  const bytes = Uint8Array.from(atob(frame), (letter) => letter.charCodeAt(0));
  return Uint8Array.from({ length: n }, (_, i) => (bytes[i >> 3] >> (7 - (i & 7))) & 1);
}

// Spins as pixels, in the colors of the theme.
function bitScreen(data) {
  const canvas = document.createElement("canvas");
  canvas.width = data.width;
  canvas.height = data.height;
  canvas.setAttribute("role", "img");
  const pen = canvas.getContext("2d");
  const draw = (i) => {
    const colors = [rgb(COLOR("--spin-down")), rgb(COLOR("--spin-up"))];
    const bits = unpacked(data.frames[i], data.width * data.height);
    const image = pen.createImageData(data.width, data.height);
    bits.forEach((bit, k) => image.data.set([...colors[bit], 255], 4 * k));
    pen.putImageData(image, 0, 0);
  };
  return [canvas, draw];
}

function imageScreen(data) {
  const image = document.createElement("img");
  image.className = "screen";
  image.width = data.width;
  image.height = data.height;
  return [image, (i) => { image.src = data.frames[i]; }];
}

function element(tag, attributes, parent) {
  const made = Object.assign(document.createElement(tag), attributes);
  parent.append(made);
  return made;
}

const SIGN = {
  play: '<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><path d="M5 3l12 7-12 7z" fill="currentColor"/></svg>',
  pause: '<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><path d="M4 3h4v14H4zM12 3h4v14h-4z" fill="currentColor"/></svg>',
};

// The screen of "curves": axes drawn once, lines drawn anew for each frame.
const NARROW = matchMedia("(max-width: 30rem)").matches;
const FRAME = { width: NARROW ? 350 : 560, height: NARROW ? 280 : 350, left: 62, right: 24, top: 12, bottom: 48 };

function drawn(tag, attributes, parent, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

// Four to eight round numbers within a range.
function ticks([low, high]) {
  const rough = (high - low) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const first = Math.ceil(low / step - 1e-9);
  const n = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: n }, (_, i) => ({ at: (first + i) * step, text: ((first + i) * step).toFixed(digits).replace("-", "\u2212") }));
}

const curveOf = (data, frame, k) => (Array.isArray(frame[k]) ? { x: data.x, y: frame[k] } : frame[k]);

function xRange(data) {
  if (data.x_range) return data.x_range;
  const all = data.frames.flatMap((frame) => data.series.flatMap((_, k) => curveOf(data, frame, k).x));
  return [Math.min(...all), Math.max(...all)];
}

function axes(svg, data, language, place) {
  const { width, height, left, right, top, bottom } = FRAME;
  drawn("rect", { x: left, y: top, width: width - left - right, height: height - top - bottom, class: "box" }, svg);
  for (const { at, text } of ticks(place.x_range)) {
    drawn("path", { d: `M${place.x(at)} ${height - bottom}v-5`, class: "tick" }, svg);
    drawn("text", { x: place.x(at), y: height - bottom + 17, "text-anchor": "middle" }, svg, text);
  }
  for (const { at, text } of ticks(data.y_range)) {
    drawn("path", { d: `M${left} ${place.y(at)}h5`, class: "tick" }, svg);
    drawn("text", { x: left - 7, y: place.y(at) + 4, "text-anchor": "end" }, svg, text);
  }
  drawn("text", { x: (left + width - right) / 2, y: height - 8, "text-anchor": "middle", class: "axis" }, svg, data.x_label[language]);
  const middle = (top + height - bottom) / 2;
  drawn("text", { x: 15, y: middle, "text-anchor": "middle", transform: `rotate(-90 15 ${middle})`, class: "axis" }, svg, data.y_label[language]);
}

// Points that exist; a null or a point outside the box breaks the line.
function path(curve, place, data) {
  let d = "", pen = "M";
  curve.y.forEach((y, i) => {
    const inside = y !== null && y >= data.y_range[0] && y <= data.y_range[1] && curve.x[i] >= place.x_range[0] && curve.x[i] <= place.x_range[1];
    d += inside ? `${pen}${place.x(curve.x[i]).toFixed(1)} ${place.y(y).toFixed(1)}` : "";
    pen = inside ? "L" : "M";
  });
  return d;
}

function curveScreen(data) {
  const language = document.documentElement.lang;
  const { width, height, left, right, top, bottom } = FRAME;
  const [x0, x1] = xRange(data), [y0, y1] = data.y_range;
  const place = {
    x_range: [x0, x1],
    x: (x) => left + ((x - x0) / (x1 - x0)) * (width - left - right),
    y: (y) => height - bottom - ((y - y0) / (y1 - y0)) * (height - top - bottom),
  };
  const screen = document.createElement("div");
  screen.className = "curves";
  screen.setAttribute("role", "img");
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" }, screen);
  axes(svg, data, language, place);
  const lines = data.series.map(({ color, dash, marks }) => drawn("path", { class: `${color}${dash ? " dash" : ""}${marks ? " marks" : ""}` }, svg));
  const legend = element("p", { className: "keys" }, screen);
  for (const { label, color, dash, marks } of data.series.filter((each) => each.label)) {
    const key = element("span", {}, legend);
    const sample = drawn("svg", { viewBox: "0 0 26 10", width: 26, height: 10, "aria-hidden": "true" }, key);
    drawn("path", { d: marks ? "M13 5h.01" : "M1 5h24", class: `${color}${dash ? " dash" : ""}${marks ? " marks" : ""}` }, sample);
    key.append(` ${label[language]}`);
  }
  const draw = (i) => lines.forEach((line, k) => {
    const curve = curveOf(data, data.frames[i], k);
    line.setAttribute("d", data.series[k].marks ? dots(curve, place, data) : path(curve, place, data));
  });
  return [screen, draw];
}

const dots = (curve, place, data) => path(curve, place, data).replace(/L/g, "M").replace(/(M[^M]+)/g, "$1h.01");

const SCREENS = { frames: (data) => (data.encoding === "image" ? imageScreen(data) : bitScreen(data)), curves: curveScreen };

function player(box, data) {
  const labels = data.labels[document.documentElement.lang];
  const [screen, draw] = SCREENS[data.kind](data);
  box.replaceChildren(screen);
  const label = element("p", { className: "label" }, box);
  const controls = element("div", { className: "controls" }, box);
  const button = element("button", { type: "button" }, controls);
  const slider = element("input", { type: "range", min: 0, max: data.frames.length - 1, step: 1, value: data.start }, controls);
  slider.setAttribute("aria-label", box.dataset.frame);
  let timer = null;
  const show = () => {
    const i = Number(slider.value);
    draw(i);
    label.textContent = labels[i];
    slider.setAttribute("aria-valuetext", labels[i]);
    screen.setAttribute(screen.tagName === "IMG" ? "alt" : "aria-label", labels[i]);
  };
  const sign = () => {
    button.innerHTML = timer ? SIGN.pause : SIGN.play;
    button.setAttribute("aria-label", timer ? box.dataset.pause : box.dataset.play);
  };
  const stop = () => { clearInterval(timer); timer = null; sign(); };
  const step = () => { slider.value = (Number(slider.value) + 1) % data.frames.length; show(); };
  button.addEventListener("click", () => { if (timer) stop(); else { timer = setInterval(step, data.milliseconds || 350); sign(); } });
  slider.addEventListener("input", () => { if (timer) stop(); show(); });
  document.addEventListener("themechange", show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  sign();
  show();
}

for (const box of document.querySelectorAll(".player")) {
  const data = REPORT_DATA[box.dataset.widget];
  if (data) player(box, data);
}
