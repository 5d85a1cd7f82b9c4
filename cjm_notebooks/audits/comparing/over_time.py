"""Views of many runs: their headline numbers, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import numpy as np
import pandas as pd

from cjm_notebooks import drawing
from cjm_notebooks.drawing import ENGLISH, Column, Series, over_time
from cjm_notebooks.language import N_, Language, Sentence, Value, say
from cjm_notebooks.palette import BLUE, GREEN, INK, PURPLE, VERMILION
from cjm_notebooks.views import View

OTHER_RULES = Series(N_("from here on by other rules"), INK, "dashed")
AT_FIRST = {
    "percent": N_("On {day} it was {value:percent}."),
    "decimal": N_("On {day} it was {value:decimal}."),
}
RUN = {"run": Column(N_("Run")), "as_of": Column(N_("As of"))}


@dataclass(frozen=True, eq=False)
class RunsOverTime(View):
    """Lines of some headline numbers; the summary says the last and the one before.

    Reads  nothing: `runs` is the table of a timeline
    Draws  one mark a run, at its moment, with its interval; a dashed line where the map changed
    """

    reads = {}
    form: ClassVar[str]
    axis: ClassVar[str]
    range: ClassVar[tuple[float, float] | None] = None
    named: ClassVar[Mapping[str, str]]
    runs: pd.DataFrame

    def table(self) -> pd.DataFrame:
        shown = self.runs.assign(
            **{
                f"{name}_interval": drawing.column(
                    (
                        drawing.interval(low, high, self.form)
                        for low, high in zip(
                            self.runs[f"{name}_low"], self.runs[f"{name}_high"], strict=True
                        )
                    ),
                    self.runs,
                )
                for name in self.named
            }
        )
        return shown.assign(as_of=[f"{day:%Y-%m-%d}" for day in shown["as_of"]])[list(self.columns)]

    def summary(self) -> tuple[Sentence, ...]:
        said = [sentence for name in self.named for sentence in self._said(name)]
        changed = [f"{day:%Y-%m-%d}" for day in self._changed()]
        if changed:
            said.append(
                say("Counted by other rules of the map from {days} on.", days=", ".join(changed))
            )
        return tuple(said) or (say("No run has such a number to tell."),)

    def draw(self, language: Language = ENGLISH) -> over_time.Figure:
        drawn = {name: self.series[name] for name in self.named if self.runs[name].notna().any()}
        if not drawn:
            return drawing.nothing(language)
        shown = over_time.OverTime(
            table=self.runs,
            moments=list(self.runs["as_of"]),
            series=drawn,
            range=self.range or self._range(),
            form=self.axis,
            changed=self._changed(),
        )
        return over_time.draw(shown, self.table(), self.columns, language)

    def _said(self, name: str) -> Iterator[Sentence]:
        """The last known number, and the first."""
        known = self.runs[self.runs[name].notna()]
        if len(known):
            yield Sentence(self.named[name], _values(known.iloc[-1], name))
        if len(known) > 1:
            yield Sentence(AT_FIRST[self.form], _values(known.iloc[0], name))

    def _changed(self) -> list[datetime]:
        return list(self.runs.loc[self.runs["by_other_rules"], "as_of"])

    def _range(self) -> tuple[float, float]:
        columns = [f"{name}{end}" for name in self.named for end in ("", "_low", "_high")]
        known = self.runs[columns].to_numpy(dtype=float, na_value=float("nan"))
        low, high = float(np.nanmin(known)), float(np.nanmax(known))
        return (low, high) if low < high else (low - 1, high + 1)


class SharesOverTime(RunsOverTime):
    """Success, the largest drop-off, and coverage."""

    title = N_("Success, drop-off and coverage over time")
    form, axis = "percent", "whole_percent"
    range = (0.0, 1.0)
    named = {
        "success": N_(
            "On {day} {value:percent} of the journeys came to a success (95 % interval "
            "{low:percent} to {high:percent})."
        ),
        "drop_off": N_(
            "On {day} {value:percent} ended at the stage that loses most (95 % interval "
            "{low:percent} to {high:percent})."
        ),
        "coverage": N_("On {day} the map claimed {value:percent} of the events."),
    }
    series = {
        "success": Series(N_("came to a success"), GREEN, "circle"),
        "drop_off": Series(N_("ended at the worst stage"), VERMILION, "diamond"),
        "coverage": Series(N_("events on the map"), BLUE, "triangle"),
        "changed": OTHER_RULES,
    }
    columns = {
        **RUN,
        "journeys": Column(N_("Journeys"), "count"),
        "success": Column(N_("Success"), "percent"),
        "success_interval": Column(N_("95 % interval"), "interval"),
        "drop_off": Column(N_("Largest drop-off"), "percent"),
        "drop_off_interval": Column(N_("95 % interval"), "interval"),
        "drop_off_about": Column(N_("Stage")),
        "coverage": Column(N_("Coverage"), "percent"),
    }


class NpsOverTime(RunsOverTime):
    """The Net Promoter Score."""

    title = N_("Net Promoter Score over time")
    form, axis = "decimal", "count"
    range = (-100.0, 100.0)
    named = {
        "nps": N_(
            "On {day} the Net Promoter Score was {value:decimal} (95 % interval {low:decimal} to "
            "{high:decimal})."
        )
    }
    series = {"nps": Series(N_("Net Promoter Score"), PURPLE, "circle"), "changed": OTHER_RULES}
    columns = {
        **RUN,
        "nps_n": Column(N_("Answers"), "count"),
        "nps": Column(N_("Net Promoter Score"), "decimal"),
        "nps_interval": Column(N_("95 % interval"), "interval"),
    }


class SatisfactionOverTime(RunsOverTime):
    """The mean score of the question with most answers."""

    title = N_("Satisfaction over time")
    form, axis = "decimal", "decimal"
    named = {
        "satisfaction": N_(
            "On {day} the mean score was {value:decimal} (95 % interval {low:decimal} to "
            "{high:decimal})."
        )
    }
    series = {"satisfaction": Series(N_("mean score"), BLUE, "circle"), "changed": OTHER_RULES}
    columns = {
        **RUN,
        "satisfaction_n": Column(N_("Answers"), "count"),
        "satisfaction_asked": Column(N_("Question")),
        "satisfaction": Column(N_("Mean score"), "decimal"),
        "satisfaction_interval": Column(N_("95 % interval"), "interval"),
    }


def _values(row: pd.Series, name: str) -> dict[str, Value]:
    facts = drawing.facts(row)
    return {
        "day": f"{row['as_of']:%Y-%m-%d}",
        "value": facts[name],
        "low": facts[f"{name}_low"],
        "high": facts[f"{name}_high"],
    }
