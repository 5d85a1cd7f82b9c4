"""D10: estimates that rest on few records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cjm_notebooks.checks import Check, Finding, Observation, Verdict, require_rising, shown
from cjm_notebooks.language import N_, say
from cjm_notebooks.metrics.csat import Csat
from cjm_notebooks.metrics.drop_off import DropOff
from cjm_notebooks.metrics.expectation_gap import ExpectationGap
from cjm_notebooks.metrics.nps import Nps

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class _Estimate:
    estimate: str
    place: str
    fewer_than: float | None


@dataclass(frozen=True)
class SmallSamples(Check[_Estimate]):
    """Which estimates rest on so few records that they should be pooled or left out.

    Looked at are the drop-off of each stage (journeys that are decided) and, where they were asked
    for, the NPS, mean score and expectation gap of each touchpoint (answers; of a gap the smaller
    side). What has no record at all is no estimate. Below `hide_below` records a value should not
    be shown; below `thin_below` only with its interval, which each table of this kit gives. The
    findings tell those bounds and not the number itself, which would give small groups away.

    Unit      share of the estimates below `thin_below`, 0 to 1
    Findings  one for those to be left out, one for those that are thin
    Skips     when there is no estimate
    """

    id = "D10"
    passed = N_("Every estimate rests on enough records.")
    failed = N_("Some estimates rest on few records.")
    why = N_("Among many small groups some look extreme by chance alone.")
    severity = "high"
    source = "Wilson 1927 and Rocks 2016 for the intervals; 10 and 30 records: D"
    limits = N_("It counts records, and many records of one customer count as many.")
    reads = {
        "drop_off": DropOff(),
        "nps": Nps(),
        "csat": Csat(),
        "expectation_gap": ExpectationGap(),
    }

    hide_below: float = 10
    thin_below: float = 30

    def __post_init__(self) -> None:
        require_rising(hide_below=self.hide_below, thin_below=self.thin_below)

    def inspect(
        self,
        drop_off: pd.DataFrame,
        nps: pd.DataFrame,
        csat: pd.DataFrame,
        expectation_gap: pd.DataFrame,
    ) -> Observation[_Estimate]:
        stages = drop_off.assign(place=drop_off["stage"], n=drop_off["decided"])
        answers = {
            name: report.assign(place=report["touchpoint"].fillna(report["question"]))
            for name, report in (("nps", nps), ("csat", csat))
        }
        asked = expectation_gap["expected_n"].where(expectation_gap["expected_source"] == "answers")
        gaps = expectation_gap.assign(
            place=expectation_gap["touchpoint"],
            n=np.fmin(expectation_gap["perceived_n"], asked),
        )
        reports = {"drop-off": stages, **answers, "expectation-gap": gaps}
        estimates = [
            _Estimate(name, str(place), self._bound(n))
            for name, report in reports.items()
            for place, n in zip(report["place"], report["n"], strict=True)
            if n > 0
        ]
        if not estimates:
            return Observation(missing=say("There is no estimate to look at."))
        thin = sum(estimate.fewer_than is not None for estimate in estimates)
        return Observation(tuple(estimates), value=thin / len(estimates))

    def _bound(self, n: float) -> float | None:
        return next((bound for bound in (self.hide_below, self.thin_below) if n < bound), None)

    def judge(self, observation: Observation[_Estimate]) -> Verdict:
        return Verdict.of(self._findings(observation))

    def _findings(self, observation: Observation[_Estimate]) -> Iterator[Finding]:
        estimates = len(observation.rows)
        few = [row for row in observation.rows if row.fewer_than == self.hide_below]
        if few:
            yield Finding(
                key="too-few",
                outcome="fail",
                what=say(
                    "{few:count} of {estimates:count} estimates rest on fewer than {bound:count} "
                    "records.",
                    few=len(few),
                    estimates=estimates,
                    bound=self.hide_below,
                ),
                so_what=say("One customer more or less turns such a value around."),
                advice=say("Pool them with others, take a longer period, or leave them out."),
                value=len(few) / estimates,
                threshold=self.hide_below,
                rows=shown(few),
            )
        thin = [row for row in observation.rows if row.fewer_than == self.thin_below]
        if thin:
            yield Finding(
                key="thin",
                outcome="warn",
                what=say(
                    "{thin:count} of {estimates:count} estimates rest on fewer than {bound:count} "
                    "records, though on more than the very few.",
                    thin=len(thin),
                    estimates=estimates,
                    bound=self.thin_below,
                ),
                so_what=say("Their intervals are so wide that they can hardly be compared."),
                advice=say("Read them with their interval, and take a longer period if you can."),
                value=len(thin) / estimates,
                threshold=self.thin_below,
                rows=shown(thin),
            )
