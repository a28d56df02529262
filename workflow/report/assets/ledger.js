// Sorts and filters the ledger. Without it the table stands complete, in the book's order.
"use strict";

(() => {
  const table = document.querySelector("table.ledger");
  const rows = [...table.tBodies]; // one for each claim: its line, and its checks
  const form = document.querySelector("form.filters");
  const shown = form.querySelector(".shown");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const index = new Map(rows.map((row) => [row, plain(`${row.id} ${row.textContent} ${row.dataset.words}`)]));
  const ORDER = ["failed", "refuted_as_printed", "holds_if", "open", "holds", "definition", "not_run"];

  const SAME = ["verdict", "ground", "source", "section"]; // a choice and the row's own value
  const matches = (row, wanted) =>
    SAME.every((name) => !wanted[name] || row.dataset[name] === wanted[name]) &&
    (!wanted.experiment || row.dataset.experiments.split(" ").includes(wanted.experiment)) &&
    plain(wanted.words).split(/\s+/).every((word) => index.get(row).includes(word));

  function filter() {
    const wanted = Object.fromEntries(new FormData(form));
    let n = 0;
    for (const row of rows) {
      row.hidden = !matches(row, wanted);
      n += !row.hidden;
    }
    shown.textContent = shown.dataset.text.replace("{n}", n).replace("{total}", rows.length);
  }

  const KEYS = {
    id: (row) => Number(row.dataset.order),
    statement: (row) => row.querySelector(".said p").textContent,
    experiment: (row) => row.querySelector(".where").textContent,
    verdict: (row) => ORDER.indexOf(row.dataset.verdict),
  };

  function sort(heading) {
    const descending = heading.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const key = KEYS[heading.dataset.key];
    const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang));
    const sorted = [...rows].sort((a, b) => compare(key(a), key(b)) || KEYS.id(a) - KEYS.id(b));
    table.append(...(descending ? sorted.reverse() : sorted));
  }

  for (const heading of table.tHead.rows[0].cells) {
    if (!heading.dataset.key) continue; // numbers of different kinds have no order
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    button.title = `${table.dataset.sort} ${heading.textContent}`;
    heading.replaceChildren(button);
    button.addEventListener("click", () => sort(heading));
  }

  // The address holds the filter, #verdict=holds&ground=exact, so that it can be linked and shared. In the single
  // file the page's name stands before it.
  const PAGE = document.body.classList.contains("single") ? "ledger." : "";
  const choices = () => [...new FormData(form)].filter(([, value]) => value.trim());
  const isFilter = () => /^#(ledger\.)?\w+=/.test(location.hash);

  function toAddress() {
    const text = new URLSearchParams(choices()).toString();
    if (text || isFilter()) history.replaceState(null, "", text ? `#${PAGE}${text}` : location.pathname + location.search);
  }

  function fromAddress() {
    if (!isFilter()) return;
    const asked = new URLSearchParams(location.hash.replace(/^#(ledger\.)?/, ""));
    for (const field of form.elements) if (field.name) field.value = asked.get(field.name) || "";
    filter();
    form.scrollIntoView();
  }

  form.hidden = false;
  form.addEventListener("input", () => { filter(); toAddress(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { filter(); toAddress(); }));
  addEventListener("hashchange", fromAddress);
  filter();
  fromAddress();
})();
