"use strict";
(() => {
  const root = document.documentElement;
  const order = new Intl.Collator(root.lang, { numeric: true });
  const text = (node) => (node ? node.textContent.trim() : "");

  // A link may lead into something that is folded: open it, and let the keyboard go on from there.
  const reveal = () => {
    let id;
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let up = target; up; up = up.parentElement) {
      if (up.hidden) { up.hidden = false; }
      if (up.tagName === "DETAILS") { up.open = true; }
    }
    // the entry of the list that belongs to a place in the text
    for (const old of document.querySelectorAll(".now")) old.classList.remove("now");
    const other = target.matches(".doc a[href]") && document.getElementById(target.hash.slice(1));
    if (other) {
      other.classList.add("now");
      const pane = other.closest(".list");
      if (pane) pane.scrollTop += other.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    }
    if (target.matches("section, main, h1, h2, h3, h4, h5")) return;
    const first = target.matches("a[href]") ? target : target.querySelector("a[href]");
    target.scrollIntoView({ block: "nearest" });
    if (first) first.focus({ preventScroll: true });
  };
  addEventListener("hashchange", reveal);

  const sortable = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      if (!head.dataset.k) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) if (other.dataset.k) other.setAttribute("aria-sort", "none");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const body = table.tBodies[0];
        const keyed = [...body.rows].map((row) => {
          const cell = row.cells[at];
          return [cell ? cell.dataset.v ?? text(cell) : "", row];
        });
        const number = head.dataset.k === "n";
        keyed.sort(([a], [b]) => {
          // what is empty goes to the end, whichever way
          if (a === "" || b === "") return (a === "") - (b === "");
          return (down ? -1 : 1) * (number ? parseFloat(a) - parseFloat(b) || 0 : order.compare(a, b));
        });
        body.append(...keyed.map((pair) => pair[1]));
      });
    });
  };

  const asked = {
    status: (one) => text(one.querySelector(".s")),
    level: (one) => one.dataset.s,
    section: (one) => text(one.querySelector(".sec")),
    owner: (one) => text(one.cells && one.cells[4]),
  };

  const filtered = (box) => {
    const items = [...(box.tBodies ? box.tBodies[0].rows : box.querySelectorAll(".entry"))];
    if (items.length < 2) return;
    const form = document.getElementById("tools").content.firstElementChild.cloneNode(true);
    const wanted = box.dataset.tools.split(" ").filter(Boolean);
    for (const label of form.querySelectorAll("[data-by]")) {
      const by = label.dataset.by;
      const values = wanted.includes(by) ? new Set(items.map(asked[by]).filter(Boolean)) : new Set();
      if (values.size < 2) { label.remove(); continue; }
      for (const value of values) label.querySelector("select").add(new Option(value, value));
    }
    const said = form.querySelector("output");
    const apply = () => {
      const data = new FormData(form);
      const words = String(data.get("text") || "").trim().toLowerCase();
      let shown = 0;
      for (const one of items) {
        const fits = [...data].every(([name, value]) => name === "text" || !value || asked[name](one) === value)
          && (!words || one.textContent.toLowerCase().includes(words));
        one.hidden = !fits;
        shown += fits;
      }
      for (const group of box.querySelectorAll(".at")) group.hidden = !group.querySelector(".entry:not([hidden])");
      said.textContent = shown === items.length ? "" : said.dataset.of.replace("#", shown).replace("$", items.length);
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    (box.closest(".wide") || box).before(form);
  };

  const equip = (part) => {
    for (const box of part.querySelectorAll("[data-tools]")) {
      if (box.dataset.done || (box.closest("details.report") && box.closest("details.report") !== part)) continue;
      box.dataset.done = "1";
      if (box.tHead) sortable(box);
      filtered(box);
    }
  };
  equip(document);
  const reports = [...document.querySelectorAll("details.report")];
  for (const report of reports) {
    report.addEventListener("toggle", () => { if (report.open) equip(report); });
  }

  const all = document.querySelector("button.all");
  if (all && reports.length <= 60) {
    all.hidden = false;
    const words = text(all);
    all.addEventListener("click", () => {
      const open = text(all) === words;
      for (const report of reports) report.open = open;
      all.textContent = open ? all.dataset.close : words;
    });
  }

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of folded) one.open = false; });
  reveal();
})();
