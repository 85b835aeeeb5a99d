// One study, opened: its text with the mentions marked, and what every tag and fact rests on.
const LEGEND = [["disease", "disease"], ["gene", "gene"], ["therapy", "therapy"], ["chemical", "chemical"],
  ["faint", "negated, uncertain or background"]];

const markedText = (reading) => {
  const spans = new Map();
  const text = element("p", { className: "text", dir: "auto" });
  for (const [words, mention, quotes] of reading.pieces) {
    let piece = document.createTextNode(words);
    if (mention !== null) {
      const [kind, faint, told] = reading.mentions[mention];
      piece = element("mark", { className: faint ? `${kind} faint` : kind, title: told }, piece);
    }
    if (quotes.length) {
      piece = element("span", { className: "quoted" }, piece);
      for (const number of quotes) spans.set(number, [...(spans.get(number) || []), piece]);
    }
    text.append(piece);
  }
  return { text, spans };
};
const showWords = (text, pieces) => {
  for (const lit of text.querySelectorAll(".lit")) lit.classList.remove("lit");
  for (const piece of pieces) piece.classList.add("lit");
  pieces[0].scrollIntoView({ block: "nearest" });
};
const reason = ([field, name, basis, probability, quote], { text, spans }) => {
  const entry = element("div", {}, element("dt", {}, field + ": ", element("b", {}, element("bdi", { textContent: name }))));
  const pieces = quote === null ? null : spans.get(quote);
  if (pieces) {
    const button = element("button", { type: "button", className: "quote", title: "Show in the text" },
      element("q", {}, element("bdi", { textContent: pieces.map((piece) => piece.textContent).join("") })));
    button.addEventListener("click", () => showWords(text, pieces));
    entry.append(element("dd", {}, button));
  } else {
    entry.append(element("dd", { className: "none", textContent: "no words to quote" }));
  }
  const why = [basis, probability === null ? null : `probability ${probability.toFixed(2)}`].filter(Boolean);
  if (why.length) entry.append(element("dd", { className: "why", textContent: why.join(", ") }));
  return entry;
};
const others = (study) => {
  const made = [];
  for (const number of study.trials) {
    const reports = studies.filter((other) => other.trials.includes(number));
    if (reports.length < 2) continue;
    const button = element("button", { type: "button" }, `Show all ${reports.length} reports of `,
      element("bdi", { textContent: labels.trials[number][0] }));
    button.addEventListener("click", () => { forget(); chosen.trials.add(number); refresh(); wordsField.focus(); });
    made.push(button);
  }
  return made;
};
const opened = (study) => {
  const reading = readingOf(study);
  if (!reading) {
    return element("p", { className: "empty", textContent: "The text of this study was left out to keep the page small; PubMed has it." });
  }
  const marked = markedText(reading);
  const legend = element("ul", { className: "legend small", "aria-label": "Marks" },
    ...LEGEND.map(([kind, said]) => element("li", {}, element("mark", { className: kind, textContent: said }))),
    element("li", {}, element("span", { className: "quoted", textContent: "behind a tag" })));
  const reasons = element("dl", { className: "tags" }, ...reading.why.map((why) => reason(why, marked)));
  const genes = names("gene", study);
  if (genes.length) reasons.append(element("div", {}, element("dt", {}, "Genes: ", element("b", { textContent: genes.join(", ") }))));
  return element("div", { className: "opened" },
    element("div", { className: "read" }, marked.text, legend, ...others(study)), reasons);
};
