"""Coffee ordered ahead: a shelf that is not ready in the morning, and members who came anyway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cjm_notebooks.events import Question
from cjm_notebooks.teaching.asking import asks_of
from cjm_notebooks.teaching.draws import Wait
from cjm_notebooks.teaching.generating import Plan, generated
from cjm_notebooks.teaching.generators import Generated, Generator
from cjm_notebooks.teaching.truth import Fact
from cjm_notebooks.teaching.walking import DAY, Chance, Dependent, Step

RUSH = 8
MORNINGS = (0, 0, 0, 0, 0, 1, 4, 12, 22, 10, 7, 5, 6, 6, 6, 6, 5, 4, 3, 2, 1, 0, 0, 0)
EARLIER = {"none": 0.40, "one to five": 0.35, "more": 0.25}
JOINED = {"none": 0.15, "one to five": 0.40, "more": 0.70}
APP, STORE = {"app": 1.0}, {"in_store": 1.0}
SECONDS, MINUTES = Wait((5, 20, 60, 150)), Wait((120, 240, 420, 780))
DAYS_LATER = Wait((DAY // 2, DAY, 3 * DAY, 7 * DAY, 12 * DAY))
MEMBER = "member=yes"


@dataclass(frozen=True)
class CoffeeApp(Generator):
    """First orders through the app of a coffee house, and whether a second one follows.

    Between eight and nine `rush_failure` of the orders are not there when their customer comes, who
    then leaves for good; at other hours `usual_failure` are. Of members `raw_gap` more come back
    than of others, but most of that is because those who had come often before joined: of two
    customers with as many earlier visits the member comes back only `true_gap` more often.
    """

    title: ClassVar[str] = "Coffee house: order ahead"

    rush_failure: float = 0.18
    usual_failure: float = 0.04
    raw_gap: float = 0.10
    true_gap: float = 0.03
    comes_back: float = 0.55

    def generate(self, customers: int, seed: int) -> Generated:
        plan = Plan(
            generator="coffee-app",
            begins=date(2025, 3, 3),
            weeks=8,
            followed_weeks=4,
            segments={
                "earlier_visits": EARLIER,
                "city": {"port": 0.5, "hill": 0.3, "lake": 0.2},
            },
            hidden={"member": Dependent("earlier_visits", _joined())},
            hours=MORNINGS,
            steps=self._steps(),
            asks=asks_of("coffee-app"),
            questions=(Question("rating", "csat", (1, 5)), Question("recommend", "nps", (0, 10))),
            facts=self._facts(),
        )
        return generated(self, plan, customers, seed)

    def _steps(self) -> tuple[Step, ...]:
        late = Chance(self.usual_failure, hours={RUSH: self.rush_failure - self.usual_failure})
        return (
            Step("push_opened", {"push": 1}, Chance(0.3), SECONDS),
            Step("app_opened", APP, wait=SECONDS),
            Step("menu_viewed", APP, wait=SECONDS, leave=Chance(0.02)),
            Step("recipe_changed", APP, Chance(0.5), SECONDS),
            Step("app_order_sent", APP, wait=SECONDS),
            Step("slip_printed", STORE, wait=SECONDS, leave=late),
            Step("cup_taken", STORE, wait=MINUTES),
            Step("card_scanned", STORE, wait=SECONDS, needs=MEMBER),
            Step("wifi_joined", STORE, Chance(0.3), MINUTES),
            Step("receipt_sent", {"email": 1}, wait=MINUTES),
            Step("app_opened", APP, self._back(), DAYS_LATER),
        )

    def _back(self) -> Chance:
        """The chance of a second coffee, so that its mean and both gaps are the planted ones."""
        few, many = "earlier_visits=one to five", "earlier_visits=more"
        yes = {name: EARLIER[name] * JOINED[name] for name in EARLIER}
        no = {name: EARLIER[name] * (1 - JOINED[name]) for name in EARLIER}
        members = sum(yes.values())
        ahead = {name: yes[name] / members - no[name] / (1 - members) for name in EARLIER}
        often = (self.raw_gap - self.true_gap) / (ahead["one to five"] / 2 + ahead["more"])
        earlier = (EARLIER["one to five"] / 2 + EARLIER["more"]) * often
        base = self.comes_back - members * self.true_gap - earlier
        return Chance(base, {MEMBER: self.true_gap, few: often / 2, many: often})

    def _facts(self) -> tuple[Fact, ...]:
        return (
            Fact(
                id="hand-off-failure",
                kind="hand_off_failure",
                at="touchpoints/slip",
                sentence=f"Between eight and nine {self.rush_failure:.0%} of the orders from the "
                f"app are not there, at other hours {self.usual_failure:.0%}.",
                size=self.rush_failure,
                unit="share of the orders of that hour after which the customer leaves",
                against=self.usual_failure,
                found_by=("O01",),
            ),
            Fact(
                id="membership",
                kind="retention_gap",
                at="touchpoints/card",
                sentence=f"Members come back {100 * self.raw_gap:.0f} points more often, but only "
                f"{100 * self.true_gap:.0f} points more often than others with as many visits.",
                size=self.raw_gap,
                unit="difference of two shares of the customers who got their first coffee",
                against=self.true_gap,
                found_by=("K01",),
            ),
            Fact(
                id="one-cup",
                kind="worst_step",
                at="touchpoints/receipt",
                sentence=f"{1 - self.comes_back:.0%} of those who got their coffee do not order "
                "another one.",
                size=1 - self.comes_back,
                unit="share of the customers who came there",
                found_by=("T03",),
            ),
        )


def _joined() -> dict[str, dict[str, float]]:
    return {name: {"yes": share, "no": 1 - share} for name, share in JOINED.items()}
