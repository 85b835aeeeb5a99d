// Trials: reports of one registry number together; a report opens its study, a trial goes when nothing of it fits.
const startTrials = () => {
  const byPmid = new Map(studies.map((study) => [study.pmid, study]));
  const rows = [...document.querySelectorAll("[data-trial]")].map((row) => {
    const items = [...row.querySelectorAll("[data-pmid]")].map((item) => {
      const study = byPmid.get(item.dataset.pmid);
      const button = asButton(item.querySelector(".report"), () => openStudy(study));
      button.className = "link";
      return { item, study };
    });
    return { row, items };
  });
  const tables = [...document.querySelectorAll(".trials")].map((table) => table.closest("details") || table.parentElement);
  const nothing = document.getElementById("no-trials");
  views.push(() => {
    for (const { row, items } of rows) {
      for (const { item, study } of items) item.classList.toggle("off", !fits(study));
      row.hidden = !items.some(({ study }) => fits(study));
    }
    for (const table of tables) table.hidden = !table.querySelector("[data-trial]:not([hidden])");
    if (nothing) nothing.hidden = tables.some((table) => !table.hidden);
  });
};
