"""Draw how the journey feels, and then let the customers speak."""

from __future__ import annotations

import numpy as np

from cjm_notebooks.teaching.exercises import Answer, Criterion, Exercise, Mark, Question
from cjm_notebooks.teaching.generators import Generated
from cjm_notebooks.teaching.generators.webshop import Webshop
from cjm_notebooks.teaching.heard import heard_at_each
from cjm_notebooks.teaching.weighing import Tick, Trap, mark_numbers, mark_text

ALIKE_ENOUGH = 0.6
FEWEST = 3
LOWEST, HIGHEST = -2, 2
ASKED_ABOUT = ("home", "shipping-costs", "parcel-arrives", "refund")
PLACES = (
    "newsletter",
    "home",
    "search",
    "product-page",
    "reviews",
    "basket",
    "shipping-costs",
    "payment",
    "order-mail",
    "tracking",
    "parcel-arrives",
    "support",
    "return-request",
    "return-label",
    "refund",
    "reminder",
)


class _Guess(Question):
    id, variable, kind, points = "q1", "guess", "numbers", 4
    asks = "Before you look: how does each touchpoint feel, from -2 (very bad) to 2 (very good)?"
    hints = (
        "Walk through the shop as a customer would, in the evening, with a full basket. Where do "
        "you hold your breath? Where are you glad?",
        "Money that is due to you and does not come, costs you had not expected, work you did not "
        "ask for: put those low. A wish that comes true is high.",
        "Compare the beginning with the end. What happens to the customers for whom the journey "
        "does not end with an unpacked parcel?",
    )
    matters = (
        "A guess that was written down can be wrong, and that is how one learns from data. Whoever "
        "looks first has always known it."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, dict)
        heard = heard_at_each(given)
        both = [place for place in heard if place in answer]
        off = [name for name, value in answer.items() if not LOWEST <= value <= HIGHEST]
        if off:
            saw = f"`{off[0][:40]}` is {answer[off[0]]:g}, and the scale runs from -2 to 2."
            return Mark(0.0, saw, self.matters, "off-the-scale")
        guess = np.array([answer[place] for place in both])
        felt = np.array([heard[place].felt for place in both])
        if len(both) < FEWEST or np.ptp(guess) == 0:
            saw = f"The curve has {len(both)} touchpoints at which customers were asked, all level."
            return Mark(0.0, saw, self.matters, "flat-curve")
        alike = _rank_correlation(guess, felt)
        reached = len(both) / max(len(heard), len(answer))
        share = min(max(alike / ALIKE_ENOUGH, 0.0), 1.0) * reached
        saw = (
            f"Your curve has {len(both)} of the {len(heard)} touchpoints at which customers were "
            f"asked. Its highs and lows are like theirs to {alike:+.2f}, where 1 is the same "
            f"order, 0 none and -1 the reverse; {ALIKE_ENOUGH} is enough."
        )
        return Mark(share, saw, self.matters, "inside-view" if alike < ALIKE_ENOUGH / 2 else None)


def _rank_correlation(guess: np.ndarray, felt: np.ndarray) -> float:
    from scipy.stats import spearmanr

    return float(spearmanr(guess, felt).statistic)


class _Reveal(Question):
    id, variable, kind, points = "q2", "felt", "numbers", 4
    asks = "What is the mean rating at each touchpoint, moved to the scale from -2 to 2?"
    hints = (
        "The metric `Csat` has the mean answer to each question at each touchpoint.",
        "Keep the rows of the question `rating` that have a touchpoint. A rating runs from 1 to 5: "
        "which point of it is neither good nor bad?",
        "The middle of 1 to 5 becomes 0, and both scales are as long: subtract the same number "
        "from each mean.",
    )
    matters = (
        "Two curves can be laid over each other only on one scale, and a 3 of 5 is no good mark: "
        "it is the middle."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, dict)
        heard = heard_at_each(given)
        traps = (
            Trap(
                "scale-not-moved",
                {place: one.mean for place, one in heard.items()},
                "These are the means on the scale of the question, from 1 to 5.",
                self.matters,
                share=0.5,
            ),
            Trap(
                "zero-for-worst",
                {place: one.mean - 1 for place, one in heard.items()},
                "Here the worst rating has become 0.",
                self.matters,
                share=0.5,
            ),
        )
        right = {place: one.felt for place, one in heard.items()}
        return mark_numbers(answer, right, 0.05, matters=self.matters, traps=traps)


class _Peak(Question):
    id, variable, kind, points = "q3", "lowest", "choice", 3
    asks = "Where is the negative peak of the journey?"
    choices = PLACES
    hints = (
        "Draw the curve with its intervals: `cjm` has the view `EmotionCurve`, or sort the table.",
        "The lowest mean, or the most bad answers? A place where many are asked has many of both.",
        "Take the touchpoint whose mean is lowest, and see that its interval lies below those of "
        "its neighbours.",
    )
    matters = (
        "People remember the worst moment and the last one. Here they are close to each other."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        heard = heard_at_each(given)
        if answer == given.truth.fact("negative-peak").at.removeprefix("touchpoints/"):
            return Mark(1.0, "Nowhere do customers feel worse.", self.matters)
        claims = {one.id: one.emotion for one in given.draft_map.touchpoints if one.emotion}
        if answer == min(claims, key=lambda place: claims[place] or 0):
            saw = "This is where the workshop put the lowest point; customers were kinder."
            return Mark(0.0, saw, "A map says what its makers believe.", "claim-for-measurement")
        if answer == max(heard, key=lambda place: heard[place].bad):
            saw = "Nowhere are more bad answers. Many more were asked there, too."
            why = "A count tells how many were asked; a mean or a share tells how it is."
            return Mark(0.25, saw, why, "count-for-rate")
        return Mark(0.0, "Elsewhere customers feel worse than there.", self.matters)


class _Answered(Question):
    id, variable, kind, points = "q4", "answered", "numbers", 4
    asks = (
        "Of the customers who came to `home`, `shipping-costs`, `parcel-arrives` and `refund`, "
        "which share answered?"
    )
    hints = (
        "Two counts for each touchpoint: who came there, and who said something about it.",
        "`Csat` has `n`, the answers; `TouchpointSummary` has `customers`, who came.",
        "Divide `n` of the question `rating` by `customers`, touchpoint by touchpoint: four shares "
        "from 0 to 1.",
    )
    matters = (
        "Those who kept silent may feel otherwise than those who spoke. The more of them there "
        "are, the less the curve says about everybody."
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        assert isinstance(answer, dict)
        heard = heard_at_each(given)
        everything = sum(one.answers for one in heard.values())
        right = {place: heard[place].answers / heard[place].customers for place in ASKED_ABOUT}
        traps = (
            Trap(
                "share-of-answers-for-response",
                {place: heard[place].answers / everything for place in ASKED_ABOUT},
                "These are shares of all answers.",
                "They say where answers come from, and not how many kept silent.",
            ),
            Trap(
                "percent-for-share",
                {place: 100 * share for place, share in right.items()},
                "These are percentages, and shares were asked for.",
                self.matters,
                share=0.5,
            ),
        )
        return mark_numbers(answer, right, 0.01, matters=self.matters, traps=traps)


class _Explanation(Question):
    id, variable, kind, points = "q5", "explanation", "text", 5
    asks = (
        "In 25 to 150 words: where was the map wrong, how sure are you, and whom did nobody hear?"
    )
    hints = (
        "Write to somebody who believes in the workshop's curve.",
        "One sentence on where it is wrong and by how much, one on how sure that is, one on those "
        "who did not answer.",
        "The checklist looks for: the place, a number, the workshop's claim beside it, how sure it "
        "is, and those who kept silent.",
    )
    matters = "A curve without its doubts is a decoration."
    ticks = (
        Tick("the place", (r"\brefund\w*", r"\bmoney back\b")),
        Tick("a number", (r"\d+",)),
        Tick(
            "what was claimed before",
            (r"\bworkshop\w*", r"\bclaim\w*", r"\bdraft\w*", r"\bguess\w*", r"\bassum\w*"),
        ),
        Tick(
            "how sure it is",
            (r"\binterval\w*", r"\b(un)?certain\w*", r"\bsure\b", r"\bmargin\b", r"\bonly \d+"),
            "certainty-unstated",
        ),
        Tick(
            "who kept silent",
            (
                r"\bsilent\b",
                r"\bsilence\b",
                r"\bnot answer\w*",
                r"\bnon-?respon\w*",
                r"\bunheard\b",
            ),
            "non-response-ignored",
        ),
    )

    def mark(self, answer: Answer, given: Generated) -> Mark:
        return mark_text(str(answer), self.ticks, matters=self.matters)


class EmotionCurve(Exercise):
    """Learners draw the curve of a webshop, and then see what its customers said."""

    title = "Draw the emotion curve, then reveal the data"
    about = (
        "First the learners draw how each touchpoint feels, then they lay the ratings over it: "
        "where is the negative peak, how sure is it, and who was never heard?"
    )
    generator = Webshop()
    customers = 8_000
    time_plan = (
        (15, "Question 1 alone and in silence: draw the curve, no looking. Then compare in pairs"),
        (15, "Question 2: from a rating to an emotion; lay both curves over each other"),
        (10, "Question 3: the negative peak. Whose curve had it?"),
        (20, "Question 4: who answered? Think of a customer for whom silence was the answer"),
        (15, "Question 5: write it"),
        (10, "Read two explanations aloud and find one claim in each that the data do not carry"),
    )
    short_plan = (
        (10, "Question 1, alone and in silence"),
        (10, "Question 2, worked together"),
        (5, "Question 3"),
        (15, "Question 4"),
        (5, "Say it in a sentence; question 5 at home"),
    )
    rubric = (
        Criterion(
            "A guess that can be wrong",
            20,
            "A curve with highs, lows and reasons, made before looking",
            "A curve",
            "A flat line, or the data copied",
        ),
        Criterion(
            "Measured",
            30,
            "One scale, with n and interval, the negative shown as it is",
            "Right means",
            "Decoration",
        ),
        Criterion(
            "The silent",
            25,
            "Says for whom the curve does not speak, and how that could matter",
            "Has the shares that answered",
            "Takes those who answered for all",
        ),
        Criterion(
            "Explained",
            25,
            "Claim, number, doubt and a next step in a few sentences",
            "Claim and number",
            "A description of the picture",
        ),
    )
    questions = (_Guess(), _Reveal(), _Peak(), _Answered(), _Explanation())
