"""Words around the name of a trial or study that tell whose it is; read by ``attribution``."""

from __future__ import annotations

import re

# "a previous", "two earlier placebo-controlled", "ongoing": an adjective that leads up to the name.
OTHER_ADJECTIVE = re.compile(
    r"\b(?:previous(?:ly)?(?: (?:published|reported|completed|conducted|described))?|prior|earlier|"
    r"preceding|past|recent(?:ly)?"
    r"(?: (?:published|reported|completed))?|another|other|ongoing|on-going|planned|future|upcoming|"
    r"forthcoming|subsequent|"
    r"next|additional|larger|published|historical|existing|numerous|many|most|some|few|separate|companion|"
    r"confirmatory|proposed|potential|successful|successive|registration|registrational|completed|"
    r"possible|proper|adequate(?:ly)?|appropriate|definitive|well-(?:designed|powered))"
    r"(?:[ ,]+(?!(?:was|were|had)\b)[\w/-]+){0,4}[ ,(]*$"
)
# "warrants a", "before", "is being tested in": words that point away from the record.
OTHER_LEAD = re.compile(
    r"\b(?:warrant(?:s|ed|ing)?|support(?:s|ed|ing)?|justif(?:y|ies|ied|ying)|enabl(?:e|es|ed|ing)|"
    r"necessitat\w+|merit(?:s|"
    r"ed)?|await(?:s|ed|ing)?|"
    r"(?:need|call|plans?|planned|candidates?|basis|rationale|required|suitable|ready|recommended|"
    r"selected|chosen|"
    r"necessary|warranted|consider(?:ed|ation)?|used|use|go|move|moving|proceed(?:ing)?|advance[ds]?|"
    r"progress(?:ed|ing|ion)?|(?<!patients )(?<!subjects )(?<!participants )"
    r"(?<!children )(?<!boys )(?<!women )(?<!men )(?<!adults )enter(?:ed|ing)?|taken?|inform|"
    r"guide|towards?|lead(?:s|ing)?|led|designing|design of|planning|"
    r"conduct(?:ing)? of|prepar(?:e|es|ed|ing|ation)|development of|"
    r"to (?:help )?(?:to )?(?:develop|plan|design|power|launch)(?: and \w+)?|"
    r"(?:end ?points?|outcomes?|measures?|doses?|regimens?|sample sizes?) for|"
    r"before|prior|until|pending|in addition)"
    r"(?: (?:for|of|to|into|in|that|testing in|use in|study in|evaluation in|investigation in|"
    r"development in|be (?:tested|evaluated|"
    r"studied|assessed|investigated|confirmed|validated) in|conduct|start(?:ing)?|initiat(?:e|ing)|"
    r"perform))?|"
    r"(?:should|must|will|needs? to|remains? to|could|can|may|is to|are to|to) be (?:\w+ )?(?:tested|"
    r"evaluated|studied|assessed|"
    r"investigated|confirmed|validated|explored|examined|considered|pursued) in|"
    r"being (?:\w+ )?(?:tested|evaluated|studied|assessed|investigated|explored|compared|conducted) in|"
    r"(?:currently|now|already) (?:in|under|undergoing|enrolling|recruiting)|undergoing|unlike|"
    r"in contrast to|while|(?:not |in)?eligible for|qualif\w+ for|excluded from|"
    r"(?:encouraged|prompted|motivated|inspired) by|"
    r"compar\w+ (?:with|to) (?:those|that) of\b[^.;]{0,50} (?:from|within)|ineligible for|outside(?: "
    r"of)?|unable to (?:join|enter)|"
    r"(?:whose|their) (?:child|children|sons?|daughters?|infants?|bab(?:y|ies)|siblings?)\b[^.;]{0,40}? "
    r"(?:in|into|of)|"
    r"based (?:up)?on|according to(?! an?\b)|following|after)"
    r"(?: (?:an?|the|two|three|further|its|their|large|larger|randomi[sz]ed|controlled|multicent(?:er|re)|"
    r"clinical|more|pivotal|and|or))"
    r"{0,4}(?:[ ,]+(?!(?:was|were|had)\b)[\w/-]+){0,2}[ ,(]*$"
)
OTHER_RESULTS = re.compile(
    r"\b(?:results?|data|findings|evidence|experience|those|reported|shown|observed|seen|demonstrated|"
    r"found|established|effective|"
    r"efficacy|safety|tolerated) (?:of|from|in|by)(?: (?:an?|the|two|three|several|large|early|"
    r"randomi[sz]ed|both))*[ ,(]*$|"
    r"\b(?:was|were|has been|have been|is|are) (?:previously |recently )?(?:reported|shown|found|"
    r"demonstrated|said|known) to (?:be|have)\b[^;]{0,80}\bin (?:an?|one|two|three|several)"
    r"(?: [\w-]+,?){0,4} ?$|"
    r"\b(?:had|has|have|showed|displayed|demonstrated|exhibited|was|were) (?:[\w-]+ ){0,3}(?:efficacy|"
    r"effective\w*|efficacious|superior\w*|similar|comparable|better|active|activity)\b[^;]{0,100} in "
    r"(?:an?|two|three|several)(?: [\w-]+,?){0,4} ?$|"
    r"\b(?:ha(?:s|ve|d) (?:not |also |recently |previously |already )?been (?:\w+ )?(?:shown|demonstrated|"
    r"reported|approved|studied|"
    r"evaluated|tested|associated|licensed)|there (?:is|are|was|were)|currently|recently|expected to|"
    r"it has)\b"
)
OTHER_VERB = re.compile(
    r"[^;]{0,120}?\b(?:(?:is|are|will be|would be|should be|seems?|appears?|remains?|has been|have been|"
    r"being|,) "
    r"(?:now |currently |also |therefore |clearly |being |already |thus |both |fully |not )?(?:warranted|"
    r"needed|required|planned|underway|"
    r"under ?way|on-?going|justified|recommended|in progress|in preparation|anticipated|recruiting|"
    r"initiated|launched|awaited|"
    r"indicated|proposed|merited|necessary|suggested|feasible|started|scheduled|in development|completed|"
    r"published|reported)|"
    r"(?:was|were) (?:warranted|recommended|justified|(?:still |now |then |already )?(?:on-?going|under ?way|"
    r"progressing|recruiting|enrolling))|(?:was|were) (?:run|done|conducted|performed|carried out|reported|"
    r"published) (?:in parallel|elsewhere|separately|apart|by others)|"
    r"(?:should|must|can|could|may|might|will|would|need) (?:not|never|only) be (?:started|begun|planned|"
    r"done|"
    r"run|conducted|performed|undertaken|launched|opened|attempted)|"
    r"previously (?:reported|shown|demonstrated|"
    r"published|described|showed|found|"
    r"established|completed)|(?:showed|shown|reported|demonstrated|found) (?:previously|earlier)|"
    r"(?:ha(?:s|ve) (?:previously |recently |already |also )?(?:shown|demonstrated|established|reported|"
    r"provided|suggested|failed|indicated|"
    r"confirmed|revealed|found))|(?:has|have) (?:now |recently |just |meanwhile )?(?:started|begun|opened)|"
    r"now (?:recruit|enrol|open)\w*|being (?:developed|planned|designed|prepared))\b"
)
# Present-tense review of what trials show, with nobody treated here: "Phase II studies suggest that".
OTHER_SHOWS = re.compile(
    r"(?: [\w-]+){0,3}? (?:suggest|indicate|show|demonstrate|report|support|reveal|confirm)\b|"
    r"(?: [\w-]+){0,3}? (?:trials|studies|rcts)(?: (?:of|in|with)(?: [\w-]+){1,4}?)? have\b"
)
# "This provides a basis for": the pronoun claims no trial.
PRONOUN = (
    r"(?! (?:provide|support|suggest|form|give|offer|indicate|lead|allow|warrant|create|lay|set|encourage|"
    r"justif(?:y|ie)|underline|highlight|pave)s?\b| (?:led|gave|will|may|might|can|could|would|should)\b)"
)
OWN_BEFORE = re.compile(
    rf"\b(?:(?:this{PRONOUN}|our|the present|the current|present|these{PRONOUN})(?:[ ,]+(?!study\b|"
    r"trial\b)[\w./+-]+){0,8}[ ,(]*$|"
    r"(?:this|our|the present|the current|the) (?:[\w-]+ ){0,3}(?:study|trial|protocol|investigation|"
    r"analysis|report)(?: \([^)]{1,40}\))?,? (?:was|is|were|describes|reports|"
    r"presents|comprised|consisted of|investigates|evaluates|assesses|examines|explores|compares|uses|"
    r"used|(?:evaluat|assess|investigat|examin|explor|compar)ed)\b.{0,120}$|"
    r"\b(?:we|authors|investigators|study group)\b(?: \w+){0,2} (?:conducted|performed|did|undertook|"
    r"carried out|report(?:ed)?|present(?:ed)?|describe[ds]?|"
    r"initiated|designed|enrolled|evaluated|assessed|investigated|tested|analy[sz]ed|completed|compared|"
    r"examined|studied|used|"
    r"aim(?:ed)?|randomi[sz]ed|randomly|treated|included|recruited|sought|developed|ran|determined|"
    r"explored|launched|started|set up|"
    r"established|summari[sz]e[ds]?|obtained|reviewed|administered|implemented|gave|give|hypothesi[sz]ed|"
    r"updated?|"
    r"provide)\b.{0,150}$|"
    r"(?<!there )\b(?:was|is) (?:an?|the)(?:[ ,]+[\w./+-]+){0,9}[ ,(]*$|"
    r"\b(?:was|were) (?:\w+ )?using (?:the |pooled |combined )?(?:data|samples)\b[^;]{0,80}$|"
    r"\w+ entered (?:an?|this)(?:[ ,]+[\w./+-]+){0,8}[ ,(]*$|"
    r"(?:enrolled|treated|included|randomi[sz]ed|entered|recruited|accrued|registered|participated|"
    r"assigned|evaluated|studied|"
    r"assessed|investigated|compared|performed|conducted|tested|examined|eligible|"
    r"participating)(?: [\w,]+){0,6} (?:in|into|on|to|onto|for|as|across|from)"
    r"(?: part of)? (?:(?:an?|this|our|the|two|these|three|four|five|six|both|all)(?:[ ,]+[\w./+-]+){0,8}|"
    r"(?:seven|eight|nine|ten|\d+)(?: (?!patients|participants|subjects|people|cases)[\w-]+){0,3})[ ,(]*$)"
)
# "As part of two phase 3 studies, we tested ..."
PART_OF = re.compile(r"\bas (?:an? )?part of (?:[\w/-]+,? ){0,5}$")
THEN_WE = re.compile(r"[^.;]{0,60}, (?:we|this)\b")
OWN_VERB = re.compile(
    r"[^;]{0,120}?\b(?:was|were) (?:therefore |then |thus |also |subsequently )?(?:conducted|performed|"
    r"undertaken|carried out|designed|initiated|done|started|"
    r"organi[sz]ed|run|opened|developed|to)\b"
)
# "A-1, a randomised phase 2 trial, enrolled 20 boys."
APPOSED = re.compile(r", (?:an?|the)(?:[ ,]+[\w./+-]+){0,9}[ ,(]*$")
TELLS = re.compile(
    r"[^.;]{0,100}?, (?:we )?(?:enrolled|randomi[sz]ed|included|evaluated|assessed|compared|investigated|"
    r"tested|recruited|examined|assigned)\b"
)
CONTINUES = re.compile(
    r"\b(?:extensions?|follow-?up(?: (?:study|results|analys[ei]s|data))?|"
    r"open[- ]label (?:extension )?study|post[- ]?hoc(?: analys[ei]s)?|(?<!meta-)(?<!meta )analys[ei]s|"
    r"re-?analys[ei]s|"
    r"sub-?study|sub-?analys[ei]s|pooled(?: data)?|(?:long|longer)-term (?:outcomes?|results|safety|"
    r"efficacy|data)|(?:data|samples) (?:(?:was|were) )?(?:collected|obtained|derived|pooled|taken|drawn|"
    r"gathered|combined|extracted)|(?:using|used|analy[sz]ed|pooled|combined|examined) (?:the )?"
    r"(?:[\w-]+ )?(?:data|samples))\b"
    r"(?: \([^)]{1,60}\))? ?(?:\w+ ){0,3}?(?:of|from|to|in|across|after|following|"
    r"for|alongside|within|based on)(?: \w[\w-]*,?){0,9}[ ,(]*$"
)
ENTERED = re.compile(
    r"\b(?:complet\w+|participat\w+|enrol\w+|treated|randomi[sz]ed)\b(?: \w[\w-]*,?){0,8} ?$"
)
# "Data from three phase 3 trials were pooled."
DATA_FROM = re.compile(r"\b(?:data|samples|results) (?:of|from|for)(?: \w[\w-]*,?){0,9}[ ,(]*$")
POOLED = re.compile(
    r"[^;]{0,140}?\b(?:was|were) (?:then |also |retrospectively )?(?:pooled|analy[sz]ed|re-?analy[sz]ed|"
    r"used|combined|integrated|examined|divided|split|fitted|modell?ed)\b"
)
# "The results of the phase 3 study are now presented."
NOW_TOLD = re.compile(r"[^;]{0,140}?\b(?:is|are) (?:now |here |herein |hereby )?presented\b")
# "Following a phase 2 trial, this open-label extension ..."
RESUMES = re.compile(r"\b(?:following|after|continuing)(?: [\w-]+){0,4} ?$")
THEN = re.compile(
    r"[^;]{0,60}?, (?:this|our|an?|the) (?:[\w-]+,? ){0,4}?(?:extension|roll-?over|continuation)\b"
)
EXTENDED = re.compile(r"[^;]{0,140}\b(?:extension|long-term|roll-?over|follow-up)\b")
# In a title only these point away: "results of an ongoing phase 3 trial" is the record's own.
TITLE_LEAD = re.compile(
    r"\b(?:support(?:s|ed|ing)?|justif\w+|warrant\w*|enabl(?:e|es|ing)|inform(?:s|ing)?|awaiting|before|"
    r"while|until|ahead of|prepar\w+ for|ready for|readiness for|qualif\w+ for|excluded from|towards?|"
    r"following|after|beyond|outside(?: of)?|(?:in)?eligible for|versus|"
    r"controls? for|(?:cohort|arm|group|scale|measures?|marker|biomarkers?) (?:for|in))"
    r"(?: (?:an?|the|two|future|upcoming|positive|negative|successful|failed|completed|first|pivotal|"
    r"possible|planned))*[ (]*$"
)
# The design of one trial is its protocol.
ITS_DESIGN = re.compile(r"\bdesign of (?:the|an?)(?: [\w-]+,?){0,3} ?$")
TITLE_RANGE = re.compile(r"\bfrom (?:[\w-]+ ){0,2}$")
ABOUT_TRIALS = re.compile(
    r"\b(?:enrol\w+|recruit\w+|families|parents|decisions?|challenges|outcome measures?|end ?points?|"
    r"measures|methods?|methodology|designs?|designing|"
    r"lessons|candidates?|implications|planning|oversight|towards?|entering|"
    r"prior to|before|selection of \w+(?: doses?)?|success|participation|reporting|ethics|readiness|"
    r"preparation|"
    r"recommendations|guidelines?|guidance|simulations?|sample sizes?|rates?|consent)"
    r"(?: (?:of|for|in|from|to|on))?(?: [\w-]+){0,3} ?$|"
    r"\b(?:systematic review|meta-analys[ei]s|(?<!peer )review of|overview of|survey of)\b"
)
# "A phase 3 trial may later use the data", "a trial is not yet in sight".
ANY = re.compile(r"(?:^|\b)(?:an?|any) (?:[\w-]+ ){0,3}$")
POSSIBLE = re.compile(
    r"[^;]{0,80}?\b(?:may|might|could) (?:later|then|also|soon|now|thus|one day) \w|"
    r"[^;]{0,60}?\b(?:is|are) (?:not yet|still not|not) (?:in sight|at hand|feasible|possible|available)\b"
)
# "This article describes the rationale and design of the phase 3 trial": its protocol.
DESCRIBED = re.compile(
    r"\b(?:(?:this|the present) (?:article|paper|report|manuscript)|we|here) (?:\w+ ){0,2}"
    r"(?:describe|report|present|outline|detail)s?\b[^;]{0,120}\b(?:design|rationale|protocol|"
    r"methods) (?:of|for) (?:the|an?|our|this)(?: [\w/-]+,?){0,4} ?$"
)
# "Has never been evaluated in a randomised trial", "our group already showed in a phase 1 trial".
NEVER_YET = re.compile(
    r"\bit (?:is|will be|may be) (?:only )?possible to\b|"
    r"\bnow that\b(?:(?! (?:we|our|this) )[^;]){0,200}$|"
    r"\b(?:inputs?|parameters|probabilities|utilities) (?:[\w-]+ ){0,3}?(?:came|derived|taken|drawn|obtained|"
    r"estimated|based) (?:from|on)\b(?:(?! (?:our|this|the present) )[^;]){0,80}$|"
    r"\bha(?:s|ve) (?:not|never)(?: yet| \w+ly)? been\b[^;]{0,80}$|"
    r"\b(?:support|justif(?:y|ies)|enable|warrant|merit)s? (?:the )?(?:inclusion|enrol\w+|evaluation|testing|"
    r"investigation|use|conduct|progression|advancement)\b[^;]{0,80}\b(?:in|into|to|of) (?:an?|the)\b"
    r"[^;]{0,30}$|"
    r"\b(?:further|extensively|widely) (?:investigated|studied|evaluated|assessed|tested) in\b[^;]{0,40}$|"
    r"\b(?:already|previously|recently) (?:showed|shown|reported|demonstrated|described|published)\b"
    r"[^;]{0,120}$"
)
# "In a future phase 3 trial of drug A, 100 men will be enrolled."
TO_COME = re.compile(
    r"\b(?:future|next|upcoming|forthcoming|subsequent|another|later|follow-on)\b(?: [\w/.-]+){0,5}? "
    r"(?:trials?|stud(?:y|ies))\b[^.;]*$"
)
# "This was not a phase 3 trial", "rather than a phase 3 trial".
DENIED = re.compile(
    r"\b(?:not|never|neither|nor)(?: (?:yet|been|part of|in|designed as|intended as|powered as))* "
    r"(?:an?|the|any) (?:[\w-]+ ){0,2}$|"
    r"\b(?:no|without|rather than|instead of) (?:an? |any |formal )*(?:[\w-]+ )?$"
)
# People given something "in two completed trials": finished, but theirs.
GIVEN_IN = re.compile(
    r"\b(?:we|our)\b[^;]{0,90}\b(?:treated|given|received|enrolled)\b[^;]{0,60} (?:in|within) (?:an?|the|"
    r"one|two|"
    r"three|these) (?:recently )?(?:completed|ongoing)(?: [\w-]+){0,2} \(?(?:[\w/ -]{0,20}, )?"
    r"(?:one |an? )?$|"
    r"\bwere (?:recruited|drawn|selected|taken|enrolled|treated|included) (?:from|in|within|into) "
    r"(?:an?|the|two) (?:on-?going|(?:recently )?completed)(?:,? [\w-]+){0,4} $"
)
THIS_IS = re.compile(r"\b(?:this|ours) (?:is|was|will be) (?:an?|the)(?:[ ,]+[\w./+-]+){0,9}[ ,(]*$")
MINE = re.compile(rf"\b(?:this{PRONOUN}|our|the present)(?: [\w,/-]+){{0,5}}[ ,(]*$")
# "Phase 3 trials show": trials in general, unless counted or known to the reader.
KNOWN = re.compile(
    r"\b(?:the|these|those|both|all|one|two|three|four|five|six|seven|eight|\d+|participat\w+|enrolled)\b"
    r"[^.;]{0,70}$"
)
CITED = re.compile(
    r"\b(?:previous(?:ly)?|earlier|prior|published|literature|reported (?:cases|patients)|"
    r"registry estimates?|historical|worldwide|"
    r"estimated|approximately|prevalence|incidence)\b[^.;]{0,40}$"
)
