// What is filtered, as a file: the columns carry the names that `leukonlp export` gives them.
const idsOf = (kind, study) => study[kind].map((number) => labels[kind][number][0]).filter((id) => id !== "none");
const labelOf = (kind, study) => {
  const [id] = idsOf(kind, study);
  return id === "untagged" ? null : id;
};
const flat = (study) => ({
  pmid: study.pmid,
  title: study.title,
  year: study.year,
  journal: study.journal,
  retracted: Boolean(study.retracted),
  phase: labelOf("phase", study),
  design: labelOf("design", study),
  modality: idsOf("modality", study),
  diseases: idsOf("subtypes", study),
  genes: idsOf("gene", study),
  therapies: idsOf("therapy", study),
  disease_names: names("subtypes", study),
  gene_names: names("gene", study),
  therapy_names: names("therapy", study),
  registry_numbers: study.registry,
  n_enrolled: study.participants,
});
// A cell that a spreadsheet would run as a formula gets an apostrophe, as in the CSV of `leukonlp export`.
const safe = (text) => (/^[=+\-@\t\r]/.test(text) ? "'" + text : text);
const csvCell = (value) => {
  const text = value === null ? "" : Array.isArray(value) ? value.join("; ") : String(value);
  const told = typeof value === "number" ? text : safe(text);
  return /[",\r\n]/.test(told) ? `"${told.replaceAll('"', '""')}"` : told;
};
const WRITERS = {
  csv: ["studies.csv", "text/csv", (rows) =>
    [Object.keys(rows[0]), ...rows.map(Object.values)].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n"],
  json: ["studies.json", "application/json", (rows) => JSON.stringify(rows, null, 1) + "\n"],
  pmids: ["pmids.txt", "text/plain", (rows) => rows.map(({ pmid }) => pmid).join("\n") + "\n"],
};
const startCarry = () => {
  const bar = document.getElementById("carry");
  if (!bar) return;
  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-format]");
    if (!button) return;
    const [name, type, write] = WRITERS[button.dataset.format];
    const rows = table.rows({ order: "applied", search: "applied" }).data().toArray().map(flat);
    const address = URL.createObjectURL(new Blob([write(rows)], { type: type + ";charset=utf-8" }));
    element("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  });
  views.push(() => {
    for (const button of bar.querySelectorAll("button")) button.disabled = !studies.some((study) => fits(study));
  });
};
