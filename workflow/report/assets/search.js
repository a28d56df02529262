// Search over the chapters and claims of both languages. The index is a classic script, because a page
// opened from the disk may not fetch files.
"use strict";

(() => {
  const box = document.querySelector(".search");
  const input = box.querySelector("input");
  const list = document.getElementById("found");
  const { root, language } = document.body.dataset;
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const escape = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  let index = null;
  let chosen = -1;

  // Fetched on first use, for readers who never search.
  function load() {
    if (index !== null) return;
    index = [];
    const script = document.createElement("script");
    script.src = `${root}search-index.js`;
    script.addEventListener("load", () => { prepare(); search(); });
    document.head.append(script);
  }

  function prepare() {
    index = (REPORT_DATA.search || []).map((entry) => ({ ...entry, plain: plain(`${entry.title} ${entry.text}`) }));
    index.sort((a, b) => (b.language === language) - (a.language === language));
  }

  function excerpt(entry, words) {
    const at = Math.max(0, plain(entry.text).indexOf(words[0]) - 30);
    let piece = escape((at ? "…" : "") + entry.text.slice(at, at + 110));
    for (const word of words) {
      const pattern = new RegExp(escape(word).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gi");
      piece = piece.replace(pattern, "<mark>$&</mark>");
    }
    return piece;
  }

  function search() {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const hits = words.length ? index.filter((entry) => words.every((word) => entry.plain.includes(word))).slice(0, 12) : [];
    list.innerHTML = hits.map((entry, i) =>
      `<a role="option" id="found-${i}" tabindex="-1" href="${root}${entry.href}" lang="${entry.language}">${escape(entry.title)}<small>${excerpt(entry, words.slice(0, 1))}</small></a>`).join("")
      || `<p>${escape(list.dataset.none)}</p>`;
    list.hidden = !words.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  }

  function choose(i) {
    const options = list.querySelectorAll("a");
    chosen = options.length ? Math.max(-1, Math.min(i, options.length - 1)) : -1;
    options.forEach((option, k) => option.setAttribute("aria-selected", String(k === chosen)));
    if (chosen >= 0) {
      input.setAttribute("aria-activedescendant", `found-${chosen}`);
      options[chosen].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  box.hidden = false;
  input.addEventListener("focus", load);
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { choose(chosen + 1); event.preventDefault(); }
    if (event.key === "ArrowUp") { choose(chosen - 1); event.preventDefault(); }
    if (event.key === "Escape") { list.hidden = true; input.setAttribute("aria-expanded", "false"); }
    if (event.key === "Enter") { const hit = list.querySelectorAll("a")[Math.max(chosen, 0)]; if (hit && !list.hidden) hit.click(); }
  });
  document.addEventListener("click", (event) => { if (!box.contains(event.target)) list.hidden = true; });
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) { input.focus(); event.preventDefault(); }
  });
})();
