"""An evening school where nothing is better or worse anywhere, for anybody, at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cjm_notebooks.events import Question
from cjm_notebooks.teaching.asking import asks_of
from cjm_notebooks.teaching.draws import Wait
from cjm_notebooks.teaching.generating import Plan, generated
from cjm_notebooks.teaching.generators import Generated, Generator
from cjm_notebooks.teaching.walking import DAY, HOUR, Chance, Step

SCREEN = {"web": 0.6, "web_mobile": 0.4}
DESK = {"in_store": 1.0}
PAUSE = Wait((600, 3 * HOUR, 12 * HOUR, 2 * DAY))
SLOTS: tuple[Mapping[str, Mapping[str, float]], ...] = (
    {"ad_click": {"ad": 1}, "search_click": {"search": 1}},
    {"home_view": SCREEN},
    {"course_list_view": SCREEN},
    {"course_page_view": SCREEN, "teacher_page_view": SCREEN},
    {"form_opened": SCREEN},
    {"paid_by_card": SCREEN, "paid_by_transfer": SCREEN},
    {"first_evening": DESK},
    {"material_downloaded": SCREEN, "material_collected": {"service_desk": 1}},
    {"last_evening": DESK},
    {"test_taken": DESK, "work_shown": DESK},
)


@dataclass(frozen=True)
class Null(Generator):
    """People who learn something in the evenings. Nothing is planted.

    After each of ten events the share `drop` goes no further, so that no stage and no hand-off
    loses more than another; where there are two ways to go on a coin decides; all ratings come from
    one distribution; groups, days and hours make no difference.
    """

    title: ClassVar[str] = "Evening school: nothing to find"

    drop: float = 0.08

    def generate(self, customers: int, seed: int) -> Generated:
        plan = Plan(
            generator="null",
            begins=date(2025, 3, 3),
            weeks=8,
            followed_weeks=4,
            segments={
                "age": {"under 30": 0.3, "30 to 50": 0.4, "over 50": 0.3},
                "district": {"east": 0.25, "west": 0.45, "harbour": 0.3},
                "card": {"town card": 0.35, "none": 0.65},
            },
            hidden={f"way {slot}": {"one": 0.5, "other": 0.5} for slot in range(len(SLOTS))},
            steps=self._steps(),
            asks=asks_of("null"),
            questions=(Question("rating", "csat", (1, 5)), Question("recommend", "nps", (0, 10))),
        )
        return generated(self, plan, customers, seed)

    def _steps(self) -> tuple[Step, ...]:
        steps = [
            Step(event, channels, wait=PAUSE, leave=Chance(self.drop), needs=needs)
            for slot, ways in enumerate(SLOTS)
            for (event, channels), needs in zip(ways.items(), _needs(slot, len(ways)), strict=True)
        ]
        return (*steps, Step("enrolled_again", SCREEN, wait=PAUSE))


def _needs(slot: int, ways: int) -> tuple[str, ...]:
    return ("",) if ways == 1 else (f"way {slot}=one", f"way {slot}=other")
