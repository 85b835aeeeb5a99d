// What is chosen, and which studies fit it. Each condition has its own bit, so that a view can leave out its own.
const KINDS = ["disease", "gene", "therapy", "modality", "phase", "design"];
const RANGES = ["year", "participants"];
const CONDITIONS = [...KINDS, ...RANGES, "words", "trials"];
const BIT = Object.fromEntries(CONDITIONS.map((name, n) => [name, 1 << n]));
const chosen = { words: "", trials: new Set() };
for (const kind of KINDS) chosen[kind] = new Set();
for (const range of RANGES) chosen[range] = [null, null];

const failed = new Uint16Array(studies.length);
const fits = (study, ...without) =>
  (failed[study.place] & ~without.reduce((bits, name) => bits | BIT[name], 0)) === 0;

const tests = () => {
  const active = [];
  for (const kind of [...KINDS, "trials"]) {
    const set = chosen[kind];
    if (set.size) active.push([BIT[kind], (study) => study[kind].some((number) => set.has(number))]);
  }
  for (const range of RANGES) {
    const [from, to] = chosen[range];
    if (from !== null || to !== null) {
      active.push([BIT[range], (study) => study[range] !== null &&
        (from === null || study[range] >= from) && (to === null || study[range] <= to)]);
    }
  }
  const wanted = plain(chosen.words).split(/\s+/).filter(Boolean);
  if (wanted.length) {
    active.push([BIT.words, (study) => wanted.every((word) => wordsOf(study).includes(word))]);
  }
  return active;
};

const views = [];
const refresh = () => {
  const active = tests();
  for (const study of studies) {
    let bits = 0;
    for (const [bit, holds] of active) if (!holds(study)) bits |= bit;
    failed[study.place] = bits;
  }
  for (const view of views) view();
};
const isFiltered = () => chosen.words.trim() !== "" || [...KINDS, "trials"].some((kind) => chosen[kind].size) ||
  RANGES.some((range) => chosen[range].some((bound) => bound !== null));
const forget = () => {
  chosen.words = "";
  for (const kind of [...KINDS, "trials"]) chosen[kind].clear();
  for (const range of RANGES) chosen[range] = [null, null];
};
const toggle = (set, value) => (set.has(value) ? set.delete(value) : set.add(value));
const only = (kind, number) => {
  const alone = chosen[kind].size === 1 && chosen[kind].has(number);
  chosen[kind].clear();
  if (!alone) chosen[kind].add(number);
};
