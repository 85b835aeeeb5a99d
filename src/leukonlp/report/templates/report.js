"use strict";
(() => {
  const table = document.getElementById("list");
  const form = document.getElementById("filters");
  if (!table) return;
  const studies = [...table.tBodies];
  const keys = ["disease", "modality", "phase", "design"];
  const field = (key) => document.getElementById("f-" + key);
  const shown = document.getElementById("shown");
  const nothing = document.getElementById("nothing");
  const cell = (study, place) => study.rows[0].cells[place].textContent.trim().toLowerCase();
  const words = new Map();
  const textOf = (study) => {
    if (!words.has(study)) words.set(study, study.textContent.toLowerCase());
    return words.get(study);
  };

  const apply = () => {
    const wanted = field("words").value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = keys.map((key) => [key, field(key).value]).filter(([, value]) => value);
    let count = 0;
    let retracted = 0;
    for (const study of studies) {
      const fits = chosen.every(([key, value]) => study.dataset[key].split("|").includes(value)) &&
        wanted.every((word) => textOf(study).includes(word));
      study.hidden = !fits;
      count += fits;
      retracted += fits && study.classList.contains("retracted");
    }
    shown.textContent = `${count} of ${studies.length} studies shown` +
      (retracted ? `, ${retracted} of them retracted and left out of the counts` : "");
    nothing.hidden = count > 0;
  };

  const value = {
    year: (s) => Number(s.dataset.year || -Infinity),
    rank: (s) => Number(s.dataset.rank),
    n: (s) => (s.dataset.n === "" ? -Infinity : Number(s.dataset.n)),
    title: (s) => s.querySelector(".title").textContent.toLowerCase(),
    names: (s) => cell(s, 2),
    treatment: (s) => cell(s, 3),
    plan: (s) => cell(s, 5),
  };
  const numeric = new Set(["year", "rank", "n"]);
  const heads = [...table.tHead.querySelectorAll("[data-sort]")];
  const sort = (head) => {
    const key = head.dataset.sort;
    const before = head.getAttribute("aria-sort");
    const up = before ? before === "descending" : !numeric.has(key);
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const rows = studies.map((study) => [value[key](study), study]);
    rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (up ? 1 : -1));
    table.append(...rows.map(([, study]) => study));
  };
  heads.forEach((head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(head));
    head.replaceChildren(button);
  });

  document.querySelectorAll("a.bubble").forEach((bubble) => bubble.addEventListener("click", () => {
    form.reset();
    field("disease").value = bubble.dataset.disease;
    field("modality").value = bubble.dataset.modality;
    apply();
    document.getElementById("studies").focus({ preventScroll: true });
  }));
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.hidden) { form.reset(); }
  });
  form.hidden = false;
  apply();
})();
