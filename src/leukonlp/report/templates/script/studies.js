// The table of studies: DataTables sorts and pages it, the selection says which rows it shows.
const list = document.getElementById("list");
const PAGE = 25;
const PRINTED = 1000;
let table;

const linked = ([said, address]) => (address && address.startsWith("https://")
  ? element("a", { href: address, rel: "noopener noreferrer", textContent: said })
  : element("bdi", { textContent: said }));
const titleCell = (study) => {
  const button = element("button", { type: "button", className: "open", "aria-expanded": "false" },
    element("bdi", { className: "title", textContent: study.title || "(no title)" }));
  const about = element("small", {});
  if (study.journal) about.append(element("bdi", { textContent: study.journal }), " · ");
  study.links.forEach((link, n) => about.append(...(n ? [" · "] : []), linked(link)));
  const flag = study.retracted ? [element("strong", { className: "flag", textContent: "Retracted" }), " "] : [];
  return element("div", {}, ...flag, button, about);
};
const treatmentCell = (study) => {
  const known = study.modality.filter((number) => labels.modality[number][0] !== "none");
  const cell = element("div", {}, known.map((number) => nameOf("modality", number)).join("; ") || "–");
  const therapies = names("therapy", study).join("; ");
  if (therapies) cell.append(element("small", { textContent: therapies }));
  return cell;
};
const phaseCell = (study) => {
  const [, said, group] = labels.phase[study.phase[0]];
  const dot = drawn("svg", { width: 12, height: 12, "aria-hidden": "true" });
  dot.append(drawn("circle", { class: group, cx: 6, cy: 6, r: 5 }));
  return element("span", { className: "phase" }, dot, said);
};
const said = (text) => element("span", { textContent: text });
const column = (title, key, show, more) => ({
  title, data: null, searchable: false, orderSequence: ["asc", "desc"], ...more,
  render: (study, type) => (type === "display" ? show(study) : type === "sort" || type === "type" ? key(study) : ""),
  createdCell: (cell) => {
    cell.dataset.label = title;
    if (cell.tagName === "TH") cell.scope = "row";
  },
});
const FALLING = { orderSequence: ["desc", "asc"], type: "num" };
const least = (value) => (value === null ? -1 : value);
const subtypes = (study) => names("subtypes", study).join("; ");
const TEXT = { type: "string" };
const COLUMNS = [
  column("Year", (s) => least(s.year), (s) => said(s.year === null ? "–" : String(s.year)), { ...FALLING, className: "year" }),
  column("Study", (s) => s.title.toLowerCase(), titleCell, { ...TEXT, cellType: "th" }),
  column("Disease", subtypes, (s) => said(subtypes(s) || "–"), { ...TEXT, className: "wide disease" }),
  column("Treatment", (s) => names("modality", s).join("; "), treatmentCell, { ...TEXT, className: "wide" }),
  column("Phase", (s) => labels.phase[s.phase[0]][3], phaseCell, { ...FALLING, className: "steps" }),
  column("Design", (s) => names("design", s)[0], (s) => said(names("design", s)[0]), { ...TEXT, className: "design" }),
  column("Participants", (s) => least(s.participants), (s) => said(s.participants === null ? "–" : s.participants.toLocaleString("en")), { ...FALLING, className: "num" }),
];

const toggleStudy = (row) => {
  const button = row.node().querySelector(".open");
  const isOpen = row.child.isShown();
  if (isOpen) row.child.hide();
  else row.child(opened(row.data()), "more").show();
  button.setAttribute("aria-expanded", String(!isOpen));
};
const openStudy = (study) => {
  if (!fits(study)) { forget(); refresh(); }
  const place = table.rows({ order: "applied", search: "applied" }).indexes().toArray().indexOf(study.place);
  table.page(Math.floor(place / table.page.len())).draw("page");
  const row = table.row(study.place);
  if (!row.child.isShown()) toggleStudy(row);
  const button = row.node().querySelector(".open");
  button.scrollIntoView({ block: "center" });
  button.focus({ preventScroll: true });
};
const showStudies = () => {
  table.draw();
  const none = table.page.info().recordsDisplay === 0;
  document.getElementById("nothing").hidden = !none;
  list.closest(".dt-container").hidden = none;
};
// Paper has no pages to turn: what fits is printed, as far as anybody would read it, and what is left out is told.
let turned = 0;
const printAll = () => {
  turned = table.page();
  table.page.len(PRINTED).draw();
  const { recordsDisplay: n } = table.page.info();
  document.getElementById("printed").textContent = n > PRINTED
    ? `The first ${PRINTED.toLocaleString("en")} of ${counted(n)} are printed; filter the page to print others.` : "";
};
const startStudies = () => {
  if (!list) return;
  table = new DataTable(list, {
    data: studies, columns: COLUMNS, deferRender: true, autoWidth: false, pageLength: PAGE,
    order: [[0, "desc"]], orderClasses: false,
    layout: { topStart: null, topEnd: null, bottomStart: "info", bottomEnd: "paging" },
    language: { info: "_START_ to _END_ of _TOTAL_", infoFiltered: "", infoEmpty: "", emptyTable: "", zeroRecords: "" },
    createdRow: (row, study) => row.classList.toggle("retracted", Boolean(study.retracted)),
  });
  table.search.fixed("selection", (_, study) => fits(study));
  list.addEventListener("click", ({ target }) => {
    const button = target.closest(".open");
    if (button) toggleStudy(table.row(button.closest("tr")));
  });
  window.addEventListener("beforeprint", printAll);
  window.addEventListener("afterprint", () => table.page.len(PAGE).page(turned).draw("page"));
  views.push(showStudies);
};
