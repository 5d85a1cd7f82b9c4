"""What a picture of a map calls its lanes, and the words of the map's enumerations."""

from __future__ import annotations

from collections.abc import Mapping

from cjm_notebooks.language import N_

LANES: Mapping[str, str] = {
    "touchpoint": N_("Touchpoint"),
    "measured": N_("Measured"),
    "channel": N_("Channel"),
    "department": N_("Department"),
    "doing": N_("Doing"),
    "thinking": N_("Thinking"),
    "feeling": N_("Feeling"),
    "expectation": N_("Expectation"),
    "emotion": N_("Emotion"),
    "pain_points": N_("Pain points"),
    "moments_of_truth": N_("Moment of truth"),
    "opportunities": N_("Opportunities"),
    "evidence": N_("Evidence"),
    "backstage": N_("Backstage"),
}
"""The lanes of a picture in their order; the first always stays."""

STATES = {
    "as_is": N_("as is"),
    "to_be": N_("to be"),
    "ideal": N_("ideal"),
    "counterfactual": N_("counterfactual"),
}
BASES = {
    "assumption": N_("rests on assumptions"),
    "mixed": N_("rests on assumptions and research"),
    "research": N_("rests on research"),
}
STATUSES = {
    "hypothesis": N_("hypothesis"),
    "partially_validated": N_("partially validated"),
    "validated": N_("validated"),
    "refuted": N_("refuted"),
}
EMOTIONS = {
    -2: N_("very bad"),
    -1: N_("bad"),
    0: N_("neither good nor bad"),
    1: N_("good"),
    2: N_("very good"),
}
KINDS = {
    "communication": N_("message"),
    "action": "",
    "wait": N_("wait"),
    "decision": N_("decision"),
}
OPTIONALITIES = {"required": "", "optional": N_("optional"), "conditional": N_("conditional")}
MOMENTS = {
    "zero": N_("zero moment of truth"),
    "first": N_("first moment of truth"),
    "second": N_("second moment of truth"),
    "third": N_("third moment of truth"),
    "ultimate": N_("ultimate moment of truth"),
    "carlzon": N_("moment of truth as Carlzon means it"),
    "make_or_break": N_("make-or-break moment"),
}
SEVERITIES = {
    "critical": N_("critical"),
    "high": N_("high"),
    "medium": N_("medium"),
    "low": N_("low"),
}
PROGRESS = {
    "idea": N_("idea"),
    "planned": N_("planned"),
    "running": N_("running"),
    "shipped": N_("shipped"),
    "measured": N_("measured"),
    "dropped": N_("dropped"),
}
LAYERS = {
    "frontstage": N_("in sight"),
    "backstage": N_("behind the line of visibility"),
    "support": N_("support"),
}
MEASURES = {
    "reach": N_("reached by"),
    "drop-off": N_("drop-off"),
    "mean-score": N_("mean score"),
    "weighted-mean-score": N_("mean score, weighted"),
    "nps": N_("NPS"),
    "weighted-nps": N_("NPS, weighted"),
    "expectation-gap": N_("gap to the expectation"),
    "cumulative-incidence": N_("ended this way"),
}
VERDICTS = {
    "confirmed": N_("confirmed"),
    "contradicted": N_("contradicted"),
    "met": N_("expectation met"),
    "exceeded": N_("expectation exceeded"),
    "missed": N_("expectation missed"),
}
