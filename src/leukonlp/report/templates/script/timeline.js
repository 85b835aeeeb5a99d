// The timeline: the bars that the page came with are given new heights; a click on one chooses its year.
const bars = document.getElementById("bars");
const GROUPS = packed.groups;
const panels = [];

const readPanel = (holder) => {
  const years = new Map();
  for (const bar of holder.querySelectorAll("rect")) {
    const year = Number(bar.dataset.year);
    if (!years.has(year)) years.set(year, new Map());
    years.get(year).set(bar.getAttribute("class"), bar);
  }
  const id = holder.dataset.modality;
  return {
    years, name: holder.querySelector(".name").textContent, scale: holder.querySelector(".scale"),
    modality: id === "all" ? null : numberOf("modality", id),
    base: Number(holder.dataset.base), height: Number(holder.dataset.height),
  };
};
const tallyYears = () => {
  const found = new Map(panels.map((panel) => [panel.modality, new Map()]));
  const add = (years, year, group) => {
    if (!years.has(year)) years.set(year, { n: 0 });
    const entry = years.get(year);
    entry.n++;
    entry[group] = (entry[group] || 0) + 1;
  };
  for (const study of studies) {
    if (study.retracted || study.year === null || !fits(study, "year")) continue;
    const group = labels.phase[study.phase[0]][2];
    for (const panel of [null, ...study.modality]) add(found.get(panel), study.year, group);
  }
  return found;
};
const topOf = (years) => Math.max(0, ...[...years.values()].map(({ n }) => n));
const paintPanel = (panel, years, top) => {
  const unit = panel.height / Math.max(top, 1);
  const [from, to] = chosen.year;
  if (panel.scale) panel.scale.textContent = String(top);
  for (const [year, groups] of panel.years) {
    const entry = years.get(year) || { n: 0 };
    const off = (from !== null && year < from) || (to !== null && year > to);
    let y = panel.base;
    for (const group of GROUPS) {
      const bar = groups.get(group[0]);
      if (!bar) continue;
      const n = entry[group[0]] || 0;
      y -= n * unit;
      bar.setAttribute("y", y.toFixed(1));
      bar.setAttribute("height", (n * unit).toFixed(1));
      bar.classList.toggle("off", off);
      bar.firstElementChild.textContent = `${panel.name}, ${year}, ${group[1]}: ${n}`;
    }
  }
};
const showTimeline = () => {
  const found = tallyYears();
  const shared = Math.max(0, ...panels.filter(({ modality }) => modality !== null).map(({ modality }) => topOf(found.get(modality))));
  for (const panel of panels) {
    const years = found.get(panel.modality);
    paintPanel(panel, years, panel.modality === null ? topOf(years) : shared);
  }
};
const startTimeline = () => {
  if (!bars) return;
  for (const holder of bars.querySelectorAll("g[data-modality]")) panels.push(readPanel(holder));
  bars.addEventListener("click", ({ target }) => {
    const bar = target.closest("rect");
    if (!bar) return;
    const year = Number(bar.dataset.year);
    const alone = chosen.year[0] === year && chosen.year[1] === year;
    chosen.year = alone ? [null, null] : [year, year];
    refresh();
  });
  views.push(showTimeline);
};
