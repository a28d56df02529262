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

  // What a hit is worth: by its kind, and more if the words stand in the title of a text, or as words of their own.
  const WORTH = { chapter: 60, section: 40, pair: 24, claim: 20, work: 12, table: 4 };
  const TITLED = { chapter: true, section: true };
  const TITLE = 40, WHOLE = 10, FOREIGN = 100;

  function prepare() {
    index = (REPORT_DATA.search || []).map((entry) => ({ ...entry, head: plain(entry.title), plain: plain(`${entry.title} ${entry.chapter} ${entry.text}`) }));
  }

  // A word and what means the same: 繰り込み群 also asks for くりこみ群.
  function variants(word) {
    const found = [word];
    for (const group of (REPORT_DATA.synonyms || []).map((words) => words.map(plain))) {
      const own = group.filter((each) => word.includes(each)).sort((a, b) => b.length - a.length)[0];
      if (own) found.push(...group.map((other) => word.replace(own, other)));
    }
    return [...new Set(found)];
  }

  const literal = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // A Latin word counts where it begins: "ties" is no part of "identities". Japanese has no such gaps.
  function pattern(word) {
    const latin = /^[a-z]/.test(word);
    return { any: new RegExp(latin ? `(?<![a-z])${literal(word)}` : literal(word), "g"), whole: latin && new RegExp(`(?<![a-z])${literal(word)}(?![a-z])`) };
  }

  function worth(entry, words) {
    let sum = WORTH[entry.kind] - (entry.language === language ? 0 : FOREIGN);
    for (const patterns of words) {
      const hits = Math.max(...patterns.map(({ any }) => (entry.plain.match(any) || []).length));
      if (!hits) return null;
      sum += Math.min(hits, 8);
      if (entry.kind in TITLED && patterns.some(({ any }) => entry.head.match(any))) sum += TITLE;
      if (patterns.some(({ whole }) => whole && whole.test(entry.plain))) sum += WHOLE;
    }
    return sum;
  }

  function excerpt(entry, words) {
    const text = plain(entry.text);
    const places = words.map(({ any }) => text.search(any)).filter((at) => at >= 0);
    const at = Math.max(0, Math.min(...(places.length ? places : [0])) - 30);
    const piece = escape((at ? "…" : "") + entry.text.slice(at, at + 110));
    return words.reduce((made, { source }) => made.replace(new RegExp(literal(escape(source)), "gi"), "<mark>$&</mark>"), piece);
  }

  function search() {
    const asked = plain(input.value).split(/\s+/).filter(Boolean);
    const words = asked.map((word) => variants(word).map((each) => ({ source: each, ...pattern(each) })));
    const hits = !asked.length ? [] : index
      .map((entry, place) => ({ entry, place, worth: worth(entry, words) }))
      .filter((hit) => hit.worth !== null)
      .sort((a, b) => b.worth - a.worth || a.place - b.place)
      .slice(0, 12)
      .map((hit) => hit.entry);
    list.innerHTML = hits.map((entry, i) =>
      `<a role="option" id="found-${i}" tabindex="-1" href="${root}${entry.href}" lang="${entry.language}"><b>${escape(entry.title)}</b>${entry.chapter ? ` <span>${escape(entry.chapter)}</span>` : ""}<small>${excerpt(entry, words[0])}</small></a>`).join("")
      || `<p>${escape(list.dataset.none)}</p>`;
    list.hidden = !asked.length;
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
