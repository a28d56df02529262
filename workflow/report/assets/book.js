// What every page does: theme, formulas, table of contents, players, search. Reading needs none of it.
"use strict";

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function themeButton() {
  const button = document.querySelector("button.theme");
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    try { localStorage.setItem("rashinban.theme", theme); } catch (error) { /* not remembered */ }
    show();
    document.dispatchEvent(new Event("themechange"));
  });
}

// The other language opens at the section that is being read.
function languageLink() {
  const link = document.querySelector("a.language");
  const page = link.getAttribute("href");
  link.addEventListener("click", () => {
    const here = document.querySelector(".toc a.here");
    link.href = page + (location.hash || (here && scrollY > 200 ? here.hash : ""));
  });
}

// A line may break between a formula and the mark behind it, so a short one takes the mark in.
const SHORT = 40;

function keepMark(box) {
  const after = box.nextSibling;
  const marks = after && after.nodeType === Node.TEXT_NODE && after.data.match(/^[.,;:!?)、。）」]+/u);
  if (!marks) return;
  after.data = after.data.slice(marks[0].length);
  box.className = "held";
  box.append(marks[0]);
}

// Browsers draw MathML in many ways; KaTeX draws it in one. It keeps MathML for screen readers.
function drawFormulas() {
  if (!window.katex) return;
  for (const math of document.querySelectorAll("math")) {
    const tex = math.querySelector("annotation");
    if (!tex) continue;
    const box = document.createElement("span");
    const displayMode = math.getAttribute("display") === "block";
    katex.render(tex.textContent, box, { displayMode, throwOnError: false, strict: false });
    math.replaceWith(box);
    if (!displayMode && tex.textContent.length < SHORT) keepMark(box);
  }
}

function followContents() {
  const links = [...document.querySelectorAll(".toc a")];
  if (!links.length) return;
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const update = () => {
    const passed = headings.filter((heading) => heading && heading.getBoundingClientRect().top < innerHeight * 0.3);
    const current = passed.length ? passed[passed.length - 1] : null;
    links.forEach((link, i) => {
      link.classList.toggle("here", headings[i] === current);
      if (headings[i] === current) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    });
  };
  addEventListener("scroll", update, { passive: true });
  update();
}

// On a narrow page the contents start folded.
function foldContents() {
  const details = document.querySelector(".folding");
  const wide = matchMedia("(min-width: 64rem)");
  const fit = () => { details.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
}

// A link to a line inside a folded part opens that part.
function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  target.scrollIntoView();
}

// Wide formulas can be scrolled by keyboard too. How wide they are is known when the fonts are there.
function reachable() {
  for (const box of document.querySelectorAll(".equation > p")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; else box.removeAttribute("tabindex");
  }
}

// Paper cannot be unfolded.
addEventListener("beforeprint", () => document.querySelectorAll("details.checks").forEach((part) => { part.open = true; }));

themeButton();
languageLink();
drawFormulas();
foldContents();
followContents();
document.fonts.ready.then(reachable);
addEventListener("resize", reachable);
addEventListener("hashchange", openTarget);
addEventListener("load", openTarget);
