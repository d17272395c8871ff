// Finding a body by its name: names come from bodies.js when they are first asked for. Showing the rows of one severity,
// or the entries of the dictionary that hold some words.
// Without a script pages are whole.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  for (const group of document.querySelectorAll(".filters")) {
    const rows = document.getElementById(group.dataset.rows).querySelectorAll("[data-severity]");
    const buttons = group.querySelectorAll("button");
    group.hidden = false;
    for (const button of buttons) {
      button.addEventListener("click", () => {
        const wanted = button.dataset.severity;
        for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
        for (const row of rows) row.hidden = wanted !== "" && row.dataset.severity !== wanted;
      });
    }
  }
});
document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("find");
  if (!box) return;
  const hits = document.getElementById("hits");
  const told = document.getElementById("found");
  const shown = 60;
  box.closest("[hidden]").hidden = false;
  const load = () => {
    if (document.getElementById("names")) return;
    const names = document.createElement("script");
    names.id = "names";
    names.src = `${document.body.dataset.top}assets/bodies.js`;
    names.addEventListener("load", find);
    document.head.append(names);
  };
  const entry = ([name, province, file]) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${document.body.dataset.up}bodies/${file}.html`;
    link.lang = "zh-Hans";
    link.textContent = name;
    item.append(link, ` ${province}`);
    return item;
  };
  function find() {
    const words = box.value.trim().split(/\s+/).filter(Boolean);
    const all = window.gongkaiBodies || [];
    const found = words.length ? all.filter((each) => words.every((word) => `${each[1]}${each[0]} ${each[2]}`.includes(word))) : [];
    hits.replaceChildren(...found.slice(0, shown).map(entry));
    told.textContent = !words.length ? "" : !found.length ? box.dataset.none : found.length > shown ? box.dataset.more : "";
  }
  box.addEventListener("focus", load, { once: true });
  box.addEventListener("input", () => { load(); find(); });
});
document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("lookup");
  if (!box) return;
  const told = document.getElementById("looked");
  const entries = [...document.querySelectorAll(".entries tbody tr")].map((row) => [row, row.textContent.toLowerCase()]);
  box.closest("[hidden]").hidden = false;
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().trim().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const [row, text] of entries) {
      row.hidden = !words.every((word) => text.includes(word));
      found += row.hidden ? 0 : 1;
    }
    for (const section of document.querySelectorAll(".entries")) section.hidden = !section.querySelector("tbody tr:not([hidden])");
    told.textContent = found ? "" : box.dataset.none;
  });
});
