// The studies of the page as objects, and their texts, which are read when first needed.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const packed = read("data");
const labels = packed.labels;
const MANY = new Set(["disease", "gene", "therapy", "modality", "subtypes", "trials"]);
const studies = packed.rows.map((row, place) => {
  const study = { place };
  packed.fields.forEach((field, n) => {
    study[field] = MANY.has(field) || !(field in labels) ? row[n] : [row[n]];
  });
  return study;
});
const nameOf = (kind, number) => labels[kind][number][1];
const names = (kind, study) => study[kind].map((number) => nameOf(kind, number));

const blocks = new Map();
const readingOf = (study) => {
  const number = Math.floor(study.place / packed.chunk);
  if (!blocks.has(number)) {
    const known = document.getElementById("text-" + number);
    blocks.set(number, known ? JSON.parse(known.textContent) : []);
  }
  return blocks.get(number)[study.place % packed.chunk];
};

// Letters without case and accents, so that "krabbe" and "refsum" are found however they are printed.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const searched = [];
const wordsOf = (study) => {
  if (searched[study.place] === undefined) {
    const reading = readingOf(study);
    const about = ["subtypes", "disease", "gene", "therapy", "modality"].flatMap((kind) => names(kind, study));
    const text = reading ? reading.pieces.map(([words]) => words).join("") : study.title;
    searched[study.place] =
      plain([text, study.journal || "", ...study.links.map(([said]) => said), ...about].join("\n"));
  }
  return searched[study.place];
};
// Reads all texts while the browser has nothing else to do, so that the first search need not wait for it.
const prepareSearch = () => {
  const idle = window.requestIdleCallback ||
    ((run) => setTimeout(() => run({ timeRemaining: () => 8 }), 40));
  let next = 0;
  const some = (deadline) => {
    while (next < studies.length && deadline.timeRemaining() > 3) wordsOf(studies[next++]);
    if (next < studies.length) idle(some);
  };
  idle(some);
};

const element = (name, properties, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
};
const drawn = (name, attributes) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};
const counted = (n) => `${n.toLocaleString("en")} ${n === 1 ? "study" : "studies"}`;
