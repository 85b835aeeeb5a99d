// The bar of filters: words, lists to tick with their counts, spans of numbers, and what is in force.
const form = document.getElementById("filters");
const wordsField = document.getElementById("f-words");
const facets = [...form.querySelectorAll(".facet")];
const FIND_FROM = 12;

// Counts leave out the facet's own choice: they say what ticking one more would bring.
const countsOf = (kind) => {
  const counts = new Array(labels[kind].length).fill(0);
  for (const study of studies) {
    if (!study.retracted && fits(study, kind)) for (const number of study[kind]) counts[number]++;
  }
  return counts;
};

const fillFacet = (facet) => {
  const kind = facet.dataset.facet;
  const list = facet.querySelector(".values");
  const find = facet.querySelector(".find");
  const order = labels[kind].map((_, number) => number);
  const total = countsOf(kind);
  const rank = (number) => (kind === "phase" ? labels.phase[number][3] : total[number]);
  order.sort((a, b) => rank(b) - rank(a) || nameOf(kind, a).localeCompare(nameOf(kind, b), "en"));
  const values = order.map((number) => {
    const box = element("input", { type: "checkbox", value: String(number) });
    const count = element("span", { className: "n" });
    const item = element("li", {}, element("label", {}, box, element("bdi", { textContent: nameOf(kind, number) }), count));
    box.addEventListener("change", () => { toggle(chosen[kind], number); refresh(); });
    return { number, box, count, item };
  });
  list.append(...values.map(({ item }) => item));
  find.hidden = values.length < FIND_FROM;
  find.addEventListener("input", () => {
    const wanted = plain(find.value);
    for (const { item, number } of values) item.hidden = !plain(nameOf(kind, number)).includes(wanted);
  });
  const show = () => {
    facet.classList.toggle("used", chosen[kind].size > 0);
    if (!facet.open) return;
    const counts = countsOf(kind);
    for (const { number, box, count, item } of values) {
      box.checked = chosen[kind].has(number);
      count.textContent = counts[number].toLocaleString("en");
      item.classList.toggle("nil", counts[number] === 0);
    }
  };
  views.push(show);
  facet.addEventListener("toggle", show);
};

const fillRange = (facet) => {
  const kind = facet.dataset.facet;
  const fields = [...facet.querySelectorAll("[data-bound]")];
  const known = studies.map((study) => study[kind]).filter((value) => value !== null);
  const least = known.reduce((a, b) => Math.min(a, b), Infinity);
  const most = known.reduce((a, b) => Math.max(a, b), -Infinity);
  fields.forEach((field, n) => {
    if (known.length) field.placeholder = String(n ? most : least);
    field.addEventListener("input", () => {
      chosen[kind][n] = field.value === "" || Number.isNaN(field.valueAsNumber) ? null : field.valueAsNumber;
      refresh();
    });
  });
  views.push(() => {
    facet.classList.toggle("used", chosen[kind].some((bound) => bound !== null));
    fields.forEach((field, n) => {
      const value = chosen[kind][n];
      if (document.activeElement !== field) field.value = value === null ? "" : String(value);
    });
  });
};

const TITLES = { trials: "Trial", words: "Words" };
for (const facet of facets) TITLES[facet.dataset.facet] = facet.querySelector("summary").textContent;
const chip = (kind, said, remove) => {
  const button = element("button", { type: "button", className: "chip" },
    element("span", { className: "vh", textContent: "Remove the filter " }), TITLES[kind] + ": ",
    element("bdi", { textContent: said }));
  button.addEventListener("click", () => { remove(); refresh(); document.getElementById("f-words").focus(); });
  return element("li", {}, button);
};
const chips = () => {
  const made = [];
  if (chosen.words.trim()) made.push(chip("words", chosen.words.trim(), () => { chosen.words = ""; }));
  for (const kind of [...KINDS, "trials"]) {
    for (const number of chosen[kind]) {
      const said = kind === "trials" ? labels.trials[number][0] : nameOf(kind, number);
      made.push(chip(kind, said, () => chosen[kind].delete(number)));
    }
  }
  for (const kind of RANGES) {
    const [from, to] = chosen[kind];
    if (from === null && to === null) continue;
    const said = from === to ? String(from) : from === null ? `up to ${to}` : to === null ? `from ${from}` : `${from} to ${to}`;
    made.push(chip(kind, said, () => { chosen[kind] = [null, null]; }));
  }
  return made;
};
const showState = () => {
  const found = studies.filter((study) => fits(study));
  const gone = found.filter((study) => study.retracted).length;
  const filtered = isFiltered();
  document.getElementById("shown").textContent =
    (filtered ? `${found.length.toLocaleString("en")} of ${counted(studies.length)}` : counted(studies.length)) +
    (gone ? `, ${gone} retracted and not counted` : "");
  document.getElementById("chips").replaceChildren(...chips());
  document.getElementById("clear").hidden = !filtered;
  if (document.activeElement !== wordsField) wordsField.value = chosen.words;
};

const startFilters = () => {
  for (const facet of facets) (RANGES.includes(facet.dataset.facet) ? fillRange : fillFacet)(facet);
  views.push(showState);
  let waiting;
  wordsField.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { chosen.words = wordsField.value; refresh(); }, 60);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    forget();
    wordsField.value = "";
    refresh();
  });
  const closeOthers = (kept) => facets.forEach((facet) => { if (facet !== kept) facet.open = false; });
  for (const facet of facets) {
    facet.addEventListener("toggle", () => { if (facet.open) closeOthers(facet); });
    facet.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && facet.open) { facet.open = false; facet.querySelector("summary").focus(); }
    });
  }
  document.addEventListener("pointerdown", (event) => closeOthers(event.target.closest(".facet")));
  const more = document.getElementById("more-filters");
  more.addEventListener("click", () => {
    more.setAttribute("aria-expanded", String(form.classList.toggle("unfolded")));
  });
  form.hidden = false;
};
