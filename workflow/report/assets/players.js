// Players by kind. REPORT_DATA[name] = {kind: "frames", width, height, start, frames, labels: {en, ja}}:
// a frame is base64 of packed bits (encoding "bits", row by row, most significant first) or an image (encoding "image").
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

function framesPlayer(box, data) {
  const labels = data.labels[document.documentElement.lang];
  const [screen, draw] = (data.encoding === "image" ? imageScreen : bitScreen)(data);
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

const PLAYERS = { frames: framesPlayer };

for (const box of document.querySelectorAll(".player")) {
  const data = REPORT_DATA[box.dataset.widget];
  if (data && PLAYERS[data.kind]) PLAYERS[data.kind](box, data);
}
