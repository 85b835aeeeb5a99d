// The evidence map: the bubbles that the page came with become buttons, and shrink and grow with what fits.
const grid = document.getElementById("grid");
const [BUBBLE, SMALLEST] = packed.radii;
const floorOf = (n) => SMALLEST[Math.min(String(n).length, SMALLEST.length) - 1];
const CENTRE = 23;
const ROWS = 20;
const numberOf = (kind, id) => labels[kind].findIndex(([known]) => known === id);
const mapRows = [];
let split = false;

const asButton = (holder, press) => {
  const button = element("button", { type: "button", className: holder.className }, ...holder.childNodes);
  button.addEventListener("click", press);
  holder.replaceWith(button);
  return button;
};
const headButton = (cell, kind, number) => {
  const holder = cell.querySelector(".name") || cell.appendChild(element("span", {}, ...cell.childNodes));
  holder.className = "head";
  return { kind, number, button: asButton(holder, () => { only(kind, number); refresh(); }) };
};
const readCell = (cell, disease) => {
  const modality = numberOf("modality", cell.dataset.modality);
  const bubble = cell.querySelector(".bubble");
  if (!bubble) return null;
  const button = asButton(bubble, () => {
    const pressed = button.getAttribute("aria-pressed") === "true";
    chosen.disease.clear();
    chosen.modality.clear();
    if (!pressed) { chosen.disease.add(disease); chosen.modality.add(modality); }
    refresh();
  });
  const [circle, slices, text] = button.querySelector("svg").children;
  return { cell, modality, disease, button, circle, slices, text, said: button.querySelector("small") };
};

const tallyMap = () => {
  const cells = new Map();
  const rows = new Map();
  for (const study of studies) {
    if (study.retracted || !fits(study, "disease", "modality")) continue;
    const [phase] = study.phase;
    const kind = labels.design[study.design[0]][2];
    for (const disease of study.disease) {
      rows.set(disease, (rows.get(disease) || 0) + 1);
      for (const modality of study.modality) {
        const key = disease * labels.modality.length + modality;
        let cell = cells.get(key);
        if (!cell) cells.set(key, cell = { n: 0, phase, designs: {} });
        cell.n++;
        if (labels.phase[phase][3] > labels.phase[cell.phase][3]) cell.phase = phase;
        cell.designs[kind] = (cell.designs[kind] || 0) + 1;
      }
    }
  }
  return { cells, rows };
};

const DESIGN_NAMES = packed.designs;
const slice = (kind, from, to, radius) => {
  if (to - from > 0.999) return drawn("circle", { class: kind, cx: CENTRE, cy: CENTRE, r: radius });
  const at = (part) => {
    const angle = 2 * Math.PI * part - Math.PI / 2;
    return `${(CENTRE + radius * Math.cos(angle)).toFixed(2)} ${(CENTRE + radius * Math.sin(angle)).toFixed(2)}`;
  };
  const path = `M${CENTRE} ${CENTRE}L${at(from)}A${radius} ${radius} 0 ${to - from > 0.5 ? 1 : 0} 1 ${at(to)}Z`;
  return drawn("path", { class: kind, d: path });
};
const paintCell = (parts, found, largest) => {
  const { cell, button, circle, slices, text, said, disease, modality } = parts;
  button.hidden = !found;
  cell.classList.toggle("none", !found);
  slices.replaceChildren();
  if (!found) return;
  const radius = Math.max(floorOf(found.n) + (split ? 4 : 0), BUBBLE * Math.sqrt(found.n / largest));
  const [, phase, group] = labels.phase[found.phase];
  const kinds = Object.keys(DESIGN_NAMES).filter((kind) => found.designs[kind]);
  const designs = kinds.map((kind) => `${DESIGN_NAMES[kind]} ${found.designs[kind]}`).join(", ");
  if (split) {
    let from = 0;
    for (const kind of kinds) {
      const to = from + found.designs[kind] / found.n;
      slices.append(slice(kind, from, to, radius));
      from = to;
    }
    slices.append(drawn("circle", { class: "hub", cx: CENTRE, cy: CENTRE, r: Math.max(floorOf(found.n) - 1, radius - 6).toFixed(1) }));
  }
  circle.setAttribute("class", split ? "hub" : group);
  circle.setAttribute("r", radius.toFixed(1));
  text.setAttribute("class", split ? "on-hub" : "on-" + group);
  text.textContent = String(found.n);
  said.textContent = split ? (kinds.length === 1 ? DESIGN_NAMES[kinds[0]] : `${kinds.length} kinds`) : phase;
  button.title = designs;
  button.setAttribute("aria-label", `${nameOf("disease", disease)}, ${nameOf("modality", modality)}: ` +
    `${counted(found.n)}, ${split ? designs : "highest: " + phase}`);
  button.setAttribute("aria-pressed", String(chosen.disease.has(disease) && chosen.modality.has(modality)));
};

const unfold = document.getElementById("unfold");
let folded = true;
const foldRows = (rows) => {
  const order = mapRows.map((row) => rows.get(row.disease) || 0)
    .map((n, place) => [n, place]).sort(([a, i], [b, j]) => b - a || i - j);
  order.forEach(([, place], rank) => {
    mapRows[place].row.classList.toggle("folded", folded && rank >= ROWS && !chosen.disease.has(mapRows[place].disease));
  });
  unfold.parentElement.hidden = mapRows.length <= ROWS;
  unfold.textContent = folded ? `Show all ${mapRows.length} diseases` : `Show the ${ROWS} most studied only`;
  unfold.setAttribute("aria-expanded", String(!folded));
};
const showMap = () => {
  const { cells, rows } = tallyMap();
  const largest = Math.max(1, ...[...cells.values()].map(({ n }) => n));
  for (const { row, disease, parts, sum } of mapRows) {
    for (const part of parts) {
      if (part) paintCell(part, cells.get(disease * labels.modality.length + part.modality), largest);
    }
    const n = rows.get(disease) || 0;
    sum.textContent = n.toLocaleString("en");
    row.classList.toggle("empty-row", n === 0);
  }
  for (const { kind, number, button } of heads) button.setAttribute("aria-pressed", String(chosen[kind].has(number)));
  foldRows(rows);
  roveTo(grid.querySelector(".bubble[tabindex='0']:not([hidden])") || grid.querySelector(".bubble:not([hidden])"), false);
};

// One bubble at a time is in the order of the tab key; arrow keys move among them.
const roveTo = (bubble, focus) => {
  for (const { parts } of mapRows) for (const part of parts) if (part) part.button.tabIndex = -1;
  if (!bubble) return;
  bubble.tabIndex = 0;
  if (focus) bubble.focus();
};
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const moveInMap = (event) => {
  const step = STEPS[event.key];
  if (!step || !event.target.classList.contains("bubble")) return;
  event.preventDefault();
  let y = mapRows.findIndex(({ row }) => row.contains(event.target));
  let x = mapRows[y].parts.findIndex((part) => part && part.button === event.target);
  for (;;) {
    [y, x] = [y + step[0], x + step[1]];
    if (!mapRows[y] || x < 0 || x >= mapRows[y].parts.length) return;
    const part = mapRows[y].parts[x];
    if (part && !part.button.hidden && !mapRows[y].row.classList.contains("folded")) return void roveTo(part.button, true);
  }
};

const heads = [];
const startMap = () => {
  if (!grid) return;
  for (const cell of grid.tHead.querySelectorAll("[data-modality]")) {
    const number = numberOf("modality", cell.dataset.modality);
    if (number >= 0) heads.push(headButton(cell, "modality", number));
  }
  for (const row of grid.tBodies[0].rows) {
    const disease = numberOf("disease", row.dataset.disease);
    heads.push(headButton(row.cells[0], "disease", disease));
    const cells = [...row.cells].slice(1, -1);
    mapRows.push({ row, disease, parts: cells.map((cell) => readCell(cell, disease)), sum: row.cells[row.cells.length - 1] });
  }
  grid.addEventListener("keydown", moveInMap);
  grid.addEventListener("focusin", ({ target }) => { if (target.classList.contains("bubble")) roveTo(target, false); });
  unfold.addEventListener("click", () => { folded = !folded; showMap(); });
  for (const choice of document.querySelectorAll("#split input")) {
    choice.addEventListener("change", () => {
      split = choice.value === "design";
      for (const legend of document.querySelectorAll("[data-legend]")) {
        legend.hidden = (legend.dataset.legend === "design") !== split;
      }
      grid.classList.toggle("split", split);
      showMap();
    });
  }
  views.push(showMap);
};
