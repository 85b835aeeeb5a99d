"""The word phase with its numbers, its other senses, and what publication types call it; owns no rule."""

from __future__ import annotations

import re

from leukonlp.studies.labels import Phase

NUMBERS = {
    "0": 0,
    "zero": 0,
    "1": 1,
    "i": 1,
    "l": 1,
    "one": 1,
    "ⅰ": 1,
    "2": 2,
    "ii": 2,
    "ll": 2,
    "two": 2,
    "ⅱ": 2,
    "3": 3,
    "iii": 3,
    "lll": 3,
    "three": 3,
    "ⅲ": 3,
    "4": 4,
    "iv": 4,
    "four": 4,
    "ⅳ": 4,
}
# A small L for a capital I is a common slip of type ("phase lll").
NUMBER = r"(?:0|1|2|3|4|iv|i{1,3}|l{1,3}|zero|one|two|three|four|ⅰ|ⅱ|ⅲ|ⅳ)"
SPAN = (
    r"(?:weeks?|months?|years?|days?|hours?|h|arms?|ways?|parts?|periods?|mg|ml|%|patients|subjects|of|"
    r"centers?|centres?)\b"
)
# "phase 2-week" and "phase 1 and 3 patients" hold no second number.
PHASE = re.compile(
    r"(?:(?<![\w-])|(?<=controlled-)|(?<=blind-)|(?<=label-))(early[ -])?"
    rf"(?:phases?|ph\b\.?)[ -]{{0,3}}\(?({NUMBER})(?:[ -]?[abc](?!\. [a-z]))?(?!\w|\.\d|-{SPAN})"
    rf"(?: ?[/&+-] ?(?:phases?[ -]?)?({NUMBER})[abc]?(?!\w|\.\d|[ -]?{SPAN})"
    rf"(?:/({NUMBER})[abc]?(?!\w|\.\d))?"
    rf"| (?:and|to|or) (?:a )?(?:phases?[ -]({NUMBER})|([0-4]|iv|i{{1,3}}))[abc]?(?!\w|\.\d|[ -]?{SPAN}))?"
)
# Words that may stand between "phase 2" and "trial": no verb, no people, no preposition.
TRIAL = re.compile(
    r"[/abc]{0,2}[\s,)(-]{0,3}(?:(?!(?:was|were|is|are|had|has|of(?! (?:concept|principle)\b)|we|"
    r"patients|women|men|subjects|participants|comprised|consisted|"
    r"involved|included?|received|during|after|then|in|to|an?|the|by|with|from|on|at|for|that|which|who)\b)"
    r"(?:[^\s.;:]|:(?=\d)|(?<=[ (][a-z])\.){1,30}[ ,]{1,2}){0,10}?\(?(?:[a-z]{2,12}-)?(?:sub-?|extension )?"
    r"(?:trials?|(?<!case )stud(?:y|ies)|rcts?)\b(?! (?:drugs?|medication|period|visits?))"
)
TASK = re.compile(
    r"[/abc]{0,2} (?:(?!in|of|for|to|was|were|with)[\w-]+ ){0,4}?(?:investigation|extension|evaluation|"
    r"comparison|program(?:me)?|protocol|experience|testing|assessment|setting|design|surveillance)\b"
)
# "In the phase 2 portion": one of the phases that a trial goes through.
PORTION = re.compile(
    r"[abc]? (?:\([^)]{1,30}\) )?(?:[\w-]+ ){0,2}?(?:part|portion|component|segment|cohorts?|expansion|"
    r"arm|stage)\b"
)
TRIAL_BEFORE = re.compile(
    r"\b(?:randomi[sz]ed|open(?:ed)?[- ]label|(?:double|single|observer|evaluator)[- ]blind(?:ed)?|"
    r"single[- ]arm|two-arm|"
    r"multi-?(?:cent(?:er|re|ric)|institutional|national)|clinical|pilot|controlled|first-in-(?:human|man|"
    r"child)|prospective|"
    r"international|interventional|pivotal|global|trial|study)[\s,:]*\(?$|"
    r"\b(?:trials|studies) \((?:[\w/ -]{1,20}, )?(?:one|an?) $"
)
OTHER_SENSE = re.compile(
    r"[ -]?(?:(?:drug[- ])?metabol|enzym(?!\w* replacement)|(?:drug[- ])?conjugat|detoxif|biotransform|"
    r"reactions?\b|"
    r"contractions?\b|(?:cardiac|pulmonary) rehab|periodontal|dental|block\b|slope|repolari|"
    r"doses?\b(?![- ](?:escalat|find|rang|expan|de-?escalat|optimi|respons))|activity front|migrating|"
    r"of the migrating)"
)
# The work itself goes through phases: "two phases", "phase 1 of the study", "(phase 1)"; a scan may, too.
STAGED = re.compile(
    r"\b(?:two|three|four|five|[2-5])[ -](?:\w+ )?phases?\b(?! ?(?:[0-4]|i{1,3}|iv)[abc]?\b)"
    r"(?! (?:ct\b|comput|bone|scan|contrast|imag|dynamic|mr))|"
    r"\bphases? (?:[0-4]|i{1,3}|iv|one|two|three|four) of (?:the|this|our) (?!phase)(?:[\w-]+ ){0,2}"
    r"(?:study|trial|project|research|survey|programme?|intervention)\b|\(phases? (?:1|i|one)\)"
)
# What only trials are called: such a phase is of development even where the work has stages.
CLINICAL = re.compile(r"\b(?:randomi[sz]ed|open[- ]label|blind(?:ed)?|masked|placebo|clinical|dose[- ]\w+)\b")
DESIGNED = re.compile(
    r"\b(?:multi-?cent|random|double|single|open|blind|mask|label|controlled|parallel|prospect)"
)
# So many trials are those that were pooled: "two multicentre, randomised, phase 3 trials".
COUNTED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|[2-9]|[1-9]\d|both|all)(?:,? [\w/-]+,?){0,7} $|\bone $|"
    r"\bwere (?:[\w/-]+,? ){0,5}$"
)
# A title of such a meta-analysis: it has the people of the trials, not their reports.
BY_PERSON = re.compile(
    r"\b(?:patient|participant|subject)-level\b|\bindividual[ -](?:patient|participant|subject)\b|\bpooled\b"
)
# What a fragment that opens an abstract says of its trial: "A phase 3, blinded study to assess drug A."
FOR = re.compile(
    r"(?: (?:designed|conducted|aimed|aiming))? (?:to (?!be\b)\w|(?:assess|evaluat|examin|compar|investigat|"
    r"test|study|look|explor|determin)ing\b)|"
    r" of (?:(?!\b(?:was|were|is|are|has|have|had|can|may|will|show\w*|found|demonstrat\w+|reported|"
    r"suggest\w*)\b)[^.;])*[.;]?$"
)
LED_BY = re.compile(
    r"(?:an? |the )?(?:(?:\w*randomi[sz]ed|multi-?\w+|single|double|triple|open|label|blind(?:ed)?|masked|"
    r"placebo|controlled|cent(?:er|re)|parallel|group|prospective|arm|two|pilot|and)[ ,-]+)*"
)
SO_MANY = re.compile(r"(?:two|three|four|five|six|seven|eight)\b")
# A record that puts trials together as work of its own.
POOLED = re.compile(
    r"\b(?:pool(?:ed|ing)|integrated|combined (?:analys[ei]s|data|results)|data from|analys[ei]s of|"
    r"(?:sub|re-?)-?analys[ei]s|these (?:two |three |four )?(?:trials|studies))\b"
)
# "Phase 3 MAVORIC", "phase III OV-1012": the trial's name in place of the word.
NAMED_TRIAL = re.compile(r",? [A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*(?!\w)")
# "Phase 2 and two phase 3 trials", "phase 1 escalation and phase 2 expansion trial".
_ASIDE = r"(?: ?[(\[][^()\[\]]{1,40}[)\]])?"
_PLAIN = r"(?:,? (?!(?:was|were|had|in|to|after|for|than|from|of|with|we|by|which)\b)[\w-]+)"
NEXT = re.compile(
    rf"{_ASIDE}{_PLAIN}{{0,5}}?,? (?:and|or|followed by) "
    r"(?:(?!(?:in|to|after|for|than|the)\b)[\w-]+,? ){0,4}?(?=phase)"
)
NOUN = re.compile(
    rf"{_ASIDE}{_PLAIN}{{0,7}}? ?\b(?:(trials|studies)|trial|study|expansion|part|portion|component|"
    r"segment)\b"
)
# "A phase 1 study and a phase 2 study": each by itself.
APART = re.compile(r"\b(?:trial|study)\b.*\b(?:and|or) ")
# "Interim analysis of phase 3 trials is vital": of trials in general.
PRESENT = re.compile(r"[^.;]{0,60}?\b(?:trials|studies) (?:is|are|can|may|should|requires?|often)\b")
# "Two controlled trials (OV-1 [phase 2]": the word stands before.
TRIAL_LISTED = re.compile(r"\b(?:trials?|stud(?:y|ies))(?: [(\[]|[:,] )[^.;]{0,60}$")
# Observed or asked, not given a drug: a stage of the work. After approval (phase 4) trials do observe.
WATCHED = re.compile(r"\b(?:observational|mixed[- ]methods?|qualitative|survey|interview|questionnaire)\b")
# A sentence of nothing but a phase, or a phase after a label: "Phase 1/2.", "Design: phase 2, single-arm."
ALONE = re.compile(
    rf"(?:(?:study |trial )?[a-z]{{4,10}}: ?)?{PHASE.pattern}"
    r"(?:,? (?:[\w-]*(?:randomi[sz]ed|arm|label(?:led)?|blind(?:ed)?|masked|controlled|cent(?:er|re|ric)|"
    r"group|finding|escalation)|prospective|parallel|single|double|open|and|design)){0,9}[ .;]*"
)
SERIES = re.compile(r"\bphases? ?\w{1,3}, ?(?:\w{1,3},? ?)?(?:and|or) ")
EDGE = re.compile(r"\s*(?:$|[:.,;)\]-])| (?:results|data|outcomes)\b")
PAIRS: dict[frozenset[int], Phase] = {
    frozenset({0}): "early_phase_1",
    frozenset({0, 1}): "early_phase_1",
    frozenset({1}): "phase_1",
    frozenset({1, 2}): "phase_1_2",
    frozenset({2}): "phase_2",
    frozenset({2, 3}): "phase_2_3",
    frozenset({3}): "phase_3",
    # The scheme has no phase 1-3 or 3/4: such a trial counts by the last phase it takes in.
    frozenset({1, 3}): "phase_3",
    frozenset({1, 2, 3}): "phase_2_3",
    frozenset({3, 4}): "phase_4",
    frozenset({4}): "phase_4",
}
TYPES = {
    "clinical trial, phase i": 1,
    "clinical trial, phase ii": 2,
    "clinical trial, phase iii": 3,
    "clinical trial, phase iv": 4,
    "d017426": 1,
    "d017427": 2,
    "d017428": 3,
    "d017429": 4,
}
DEVICE = re.compile(
    r"\b(?:balloon|stent|scaffold|\w*grafts?\b|valve|device|implant|catheter|surg|imaging|tomograph|pet\b|"
    r"robot|electrode|laser|"
    r"endoscop|tracer|probe)"
)
FIRST_IN_HUMAN = re.compile(
    r"\bfirst[- ]in[- ](?:humans?|man)\b(?:[^.;]{0,60}?\b(?:trial|study)\b|"
    r" (?:safety |clinical )?(?:evaluation|assessment) of (?:the )?safety\b)"
)
