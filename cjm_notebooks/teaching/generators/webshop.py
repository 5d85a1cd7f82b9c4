"""A shop whose shipping costs lose customers and whose parcels in time bring them back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from cjm_notebooks.events import Question
from cjm_notebooks.teaching.asking import Ask, asks_of, with_bad
from cjm_notebooks.teaching.draws import Wait
from cjm_notebooks.teaching.generating import Plan, generated
from cjm_notebooks.teaching.generators import Generated, Generator
from cjm_notebooks.teaching.truth import Fact
from cjm_notebooks.teaching.walking import DAY, HOUR, Chance, Step, Strewn

WEEKS = 8
SEGMENTS = {
    "tenure": {"a year or more": 0.4, "under a year": 0.6},
    "region": {"north": 0.35, "middle": 0.4, "south": 0.25},
    "device": {"computer": 0.55, "phone": 0.45},
}
REGULAR, NEW = "tenure=a year or more", "tenure=under a year"
SCREEN = {"web": 0.55, "web_mobile": 0.45}
MINUTES = Wait((20, 90, 300, 1200))
WITHIN_HOURS = Wait((60, 600, HOUR, 12 * HOUR))
WITHIN_DAYS = Wait((10 * 60, 3 * HOUR, DAY, 2 * DAY))
NEWSLETTER = Chance(0.15, {REGULAR: 0.45})
BESIDE = {
    "wishlist_add": "product_view",
    "size_guide_open": "product_view",
    "coupon_field_open": "cart_view",
}


@dataclass(frozen=True)
class Webshop(Generator):
    """Customers of a shop for household goods who came in eight weeks, each followed to the end.

    `worst_drop` of those who see the shipping costs go no further, `usual_drop` at every other
    step. A parcel within the promised window raises the chance of a second order by
    `in_time_effect`. The newsletter changes nothing, but customers of a year and more read it more
    often, leave less often and come back more often. `unmapped` of the events belong to no
    touchpoint of the draft map; `chatbot` of those who look at products open it in the last week.
    """

    title: ClassVar[str] = "Webshop: household goods by parcel"

    worst_drop: float = 0.45
    usual_drop: float = 0.20
    repeat: float = 0.80
    in_time: float = 0.70
    in_time_effect: float = 0.12
    regular_drop: float = 0.12
    regular_worst_drop: float = 0.35
    regular_repeat: float = 0.10
    returns: float = 0.22
    unmapped: float = 0.12
    chatbot: float = 0.30
    bad_refunds: float = 0.62

    def generate(self, customers: int, seed: int) -> Generated:
        plan = Plan(
            generator="webshop",
            begins=date(2025, 3, 3),
            weeks=WEEKS,
            followed_weeks=6,
            segments=SEGMENTS,
            hidden={
                "source": {"search": 0.4, "ad": 0.35, "social": 0.25},
                "parcel": {"in time": self.in_time, "late": 1 - self.in_time},
            },
            steps=self._steps(),
            asks=self._asks(),
            questions=(Question("rating", "csat", (1, 5)), Question("recommend", "nps", (0, 10))),
            strewn=Strewn(self.unmapped, BESIDE, counted=("chatbot_open",)),
            facts=self._facts(),
        )
        return generated(self, plan, customers, seed)

    def _steps(self) -> tuple[Step, ...]:
        return (*self._before_the_order(), *self._after_the_order())

    def _before_the_order(self) -> tuple[Step, ...]:
        leaves = self._leaves()
        return (
            Step("newsletter_open", {"email": 1}, NEWSLETTER, MINUTES),
            Step("ad_click", {"ad": 1}, wait=MINUTES, needs="source=ad"),
            Step("social_post_click", {"social": 1}, wait=MINUTES, needs="source=social"),
            Step("home_view", SCREEN, leave=leaves[0]),
            Step("search_used", SCREEN, Chance(0.5), MINUTES),
            Step("product_view", SCREEN, wait=MINUTES),
            Step("reviews_read", SCREEN, Chance(0.45), MINUTES),
            Step("chatbot_open", {"chatbot": 1}, Chance(0, weeks=self._chatbot()), MINUTES),
            Step("product_view", SCREEN, wait=WITHIN_DAYS, leave=leaves[1]),
            Step("cart_add", SCREEN, wait=MINUTES),
            Step("cart_view", SCREEN, wait=WITHIN_HOURS, leave=leaves[2]),
            Step("shipping_costs_shown", SCREEN, wait=MINUTES, leave=leaves[3]),
            Step("payment_entered", SCREEN, wait=MINUTES),
            Step("order_placed", SCREEN, wait=MINUTES),
        )

    def _after_the_order(self) -> tuple[Step, ...]:
        back = {REGULAR: self.regular_repeat, "parcel=in time": self.in_time_effect}
        return (
            Step("order_mail_open", {"email": 1}, Chance(0.6), WITHIN_HOURS),
            Step("parcel_sent", {"parcel": 1}, wait=Wait((6 * HOUR, DAY, 2 * DAY))),
            Step("parcel_tracked", SCREEN, Chance(0.5), WITHIN_HOURS),
            Step("parcel_delivered", {"parcel": 1}, wait=_days(1, 2, 3), needs="parcel=in time"),
            Step("parcel_delivered", {"parcel": 1}, wait=_days(4, 5, 7, 9), needs="parcel=late"),
            Step("delivered_in_window", {"parcel": 1}, needs="parcel=in time"),
            Step(
                "support_contact",
                {"chat": 0.6, "phone": 0.4},
                Chance(0.06, {"parcel=late": 0.24}),
                WITHIN_DAYS,
            ),
            Step("return_requested", SCREEN, Chance(self.returns), _days(1, 2, 4)),
            Step("return_label_printed", SCREEN, wait=WITHIN_HOURS, needs="return_requested"),
            Step(
                "return_parcel_dropped",
                {"partner": 1},
                wait=_days(1, 2, 3),
                needs="return_requested",
            ),
            Step("refund_paid", {"email": 1}, wait=_days(4, 6, 10), needs="return_requested"),
            Step("reminder_mail_open", {"email": 1}, Chance(0.4), _days(1, 2, 3)),
            Step("second_order", SCREEN, Chance(self._base_repeat(), back), _days(1, 4, 8)),
        )

    def _drops(self) -> tuple[tuple[float, float], ...]:
        """Of each step the drop of all and that of regular customers."""
        usual = (self.usual_drop, self.regular_drop)
        return (usual, usual, usual, (self.worst_drop, self.regular_worst_drop))

    def _regulars(self) -> tuple[float, ...]:
        """The share of regular customers among those who come to each step, and to the order."""
        shares = [SEGMENTS["tenure"]["a year or more"]]
        for drop, regular in self._drops():
            shares.append(shares[-1] * (1 - regular) / (1 - drop))
        return tuple(shares)

    def _leaves(self) -> tuple[Chance, ...]:
        """Chances to leave that come to the planted drop over all who are there."""
        new = (
            (drop - share * regular) / (1 - share)
            for (drop, regular), share in zip(self._drops(), self._regulars(), strict=False)
        )
        return tuple(
            Chance(less, {REGULAR: regular - less})
            for less, (_, regular) in zip(new, self._drops(), strict=True)
        )

    def _base_repeat(self) -> float:
        of_regulars = self._regulars()[-1] * self.regular_repeat
        return self.repeat - of_regulars - self.in_time * self.in_time_effect

    def _chatbot(self) -> tuple[float, ...]:
        """Nothing for three weeks, then a little more each week."""
        return (0.0, 0.0, 0.0, *(self.chatbot * week / (WEEKS - 3) for week in range(1, WEEKS - 2)))

    def _asks(self) -> tuple[Ask, ...]:
        """Those of the file; how badly the refund is rated is planted."""
        return tuple(
            replace(ask, scores=with_bad(ask.scores, self.bad_refunds))
            if ask.touchpoint == "refund"
            else ask
            for ask in asks_of("webshop")
        )

    def _facts(self) -> tuple[Fact, ...]:
        return (
            Fact(
                id="worst-step",
                kind="worst_step",
                at="touchpoints/shipping-costs",
                sentence=f"{self.worst_drop:.0%} of those who see shipping costs go no further, "
                f"of those at every other step {self.usual_drop:.0%}.",
                size=self.worst_drop,
                unit="share of the customers who came there",
                against=self.usual_drop,
                found_by=("T03", "O01"),
            ),
            Fact(
                id="moment-of-truth",
                kind="moment_of_truth",
                at="touchpoints/in-time",
                sentence="A first parcel within the promised window brings "
                f"{100 * self.in_time_effect:.0f} points more second orders.",
                size=self.in_time_effect,
                unit="difference of two shares of the customers with a parcel",
                against=0.0,
                found_by=("K01",),
            ),
            Fact(
                id="decoy",
                kind="decoy",
                at="touchpoints/newsletter",
                sentence="Readers of the newsletter come back more often because more of them have "
                "been customers for long; the newsletter itself changes nothing.",
                size=0.0,
                unit="difference of two shares of the customers, tenure held fixed",
                against=self._newsletter_readers(),
                found_by=("K01",),
            ),
            Fact(
                id="negative-peak",
                kind="negative_peak",
                at="touchpoints/refund",
                sentence="To wait for the refund at the end of a return is rated worst.",
                size=self.bad_refunds,
                unit="share of ratings of 1 or 2 out of 5",
                found_by=("E03",),
            ),
            Fact(
                id="unmapped-events",
                kind="unmapped_events",
                at="",
                sentence=f"{self.unmapped:.0%} of the events are claimed by no rule of the draft.",
                size=self.unmapped,
                unit="share of the events",
                found_by=("C01",),
            ),
            Fact(
                id="rising-event",
                kind="rising_event",
                at="touchpoints/chatbot",
                sentence="`chatbot_open` is new: nobody has it in the first three weeks, and "
                f"{self.chatbot:.0%} of those who look at products in the eighth.",
                size=self.chatbot,
                unit="share of the customers who look at products in the last week",
                against=0.0,
                found_by=("M04",),
            ),
        )

    def _newsletter_readers(self) -> float:
        """By how much more readers of the newsletter come to a second order, all else left open."""
        regular, new = self._ends_well()
        share = SEGMENTS["tenure"]["a year or more"]
        read, unread = (share * 0.60, (1 - share) * 0.15), (share * 0.40, (1 - share) * 0.85)
        return sum(
            sign * (one * regular + other * new) / (one + other)
            for sign, (one, other) in ((1, read), (-1, unread))
        )

    def _ends_well(self) -> tuple[float, float]:
        """The shares of regular and of new customers who come to a second order."""
        regular = new = 1.0
        for (_, stays), leaves in zip(self._drops(), self._leaves(), strict=True):
            regular *= 1 - stays
            new *= 1 - leaves.base
        back = self._base_repeat() + self.in_time * self.in_time_effect
        return regular * (back + self.regular_repeat), new * back


def _days(*days: int) -> Wait:
    return Wait(tuple(day * DAY for day in days))
