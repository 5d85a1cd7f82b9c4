"""The commands about the map alone."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from cjm_notebooks.maps import JourneyMap, Measured, MeasuredMap
from tests.commands import SHOP, cjm, write


def numbers_of(map_id: str) -> MeasuredMap:
    return MeasuredMap(
        map_id=map_id,
        map_hash=JourneyMap.load("shop.cjm.json").content_hash(),
        as_of="2025-03-31",
        targets=(
            Measured(
                target="cart",
                kind="touchpoint",
                measure="reach",
                estimate=0.25,
                low=0.205,
                high=0.301,
                n=400,
                unit="share of journeys, 0 to 1",
                grade="A",
            ),
            Measured(
                target="shop", kind="map", measure="nps", estimate=39.84, n=2746, unit="points"
            ),
        ),
    )


def test_new_map_is_empty_and_named_after_its_file(folder: Path) -> None:
    ran = cjm("new", "spring-sale.cjm.json")
    assert (ran.code, ran.out) == (0, "Wrote spring-sale.cjm.json. Stages: 0.\n")
    begun = JourneyMap.load(folder / "spring-sale.cjm.json")
    assert (begun.id, begun.name, begun.stages) == ("spring-sale", "Spring sale", ())


def test_new_map_from_a_preset_has_its_stages(folder: Path) -> None:
    assert cjm("new", "a.cjm.json", "--preset", "D5", "--name", "Our shop").code == 0
    begun = JourneyMap.load(folder / "a.cjm.json")
    assert (begun.name, len(begun.stages)) == ("Our shop", 5)


def test_lint_lists_every_contradiction_with_its_place(folder: Path) -> None:
    shop = deepcopy(SHOP)
    shop["stages"][0]["touchpoints"][0]["department"] = "moonshots"
    shop["stages"][1]["id"] = "browse"
    write(folder / "wrong.cjm.json", shop)
    ran = cjm("lint", "wrong.cjm.json", "--as-of", "2025-02-01")
    assert ran.code == 0
    for problem in JourneyMap.load(folder / "wrong.cjm.json").problems():
        assert f"- {problem}" in ran.out
    assert "M15    ✗ fail" in ran.out


def test_lint_fails_from_the_severity_asked_for_upwards() -> None:
    """Reviewed on 2 January and due after 90 days: M01 warns, which is one below its high."""
    late = ["lint", "shop.cjm.json", "--as-of", "2025-05-02"]
    assert "M01    ! warn" in cjm(*late).out
    assert cjm(*late).code == 0
    assert cjm(*late, "--fail-on", "medium").code == 1
    assert cjm(*late, "--fail-on", "critical").code == 0


def test_lint_asks_the_checks_of_a_project_too(folder: Path) -> None:
    (folder / "checks").mkdir()
    write(
        folder / "checks" / "broken_check.py",
        """
from dataclasses import dataclass

from cjm_notebooks.checks import Check, Observation, Verdict


@dataclass(frozen=True)
class BrokenCheck(Check[None]):
    id = "Z01"
    passed = failed = why = source = limits = "-"
    severity = "low"
    reads = {"journey_map": "journey_map"}

    def inspect(self, journey_map):
        raise KeyError("colour")

    def judge(self, observation):
        return Verdict.of(())
""",
    )
    ran = cjm("lint", "shop.cjm.json", "--project", ".", "--as-of", "2025-02-01")
    assert "The check broke: KeyError: 'colour'" in ran.out
    assert ran.code == 1


@pytest.mark.parametrize("ending", ["mmd", "cjml", "xml", "xlsx", "csv", "json"])
def test_map_comes_back_from_each_kind_of_file(folder: Path, ending: str) -> None:
    assert cjm("convert", "shop.cjm.json", f"shop.{ending}").code == 0
    assert cjm("convert", f"shop.{ending}", "back.cjm.json").code == 0
    back = JourneyMap.load(folder / "back.cjm.json")
    assert [stage.name for stage in back.stages] == ["Browse", "Buy"]
    assert [one.id for one in back.touchpoints] == ["home", "leaflet", "cart", "any-c"]


def test_rendered_map_shows_its_numbers_and_what_they_rest_on(folder: Path) -> None:
    numbers_of("shop").save(folder / "shop.measured.json")
    ran = cjm("render", "shop.cjm.json", "shop.html", "--measured", "shop.measured.json")
    assert ran.code == 0
    page = (folder / "shop.html").read_text("utf-8")
    assert "reached by 25.0%" in page
    assert "<bdi>20.5% – 30.1%</bdi>" in page
    assert "<bdi>39.84</bdi>" in page
    assert "Measured as of 2025-03-31.</p>" in page
    assert len(page.encode()) < 500_000


def test_rendered_map_says_that_it_changed_since_it_was_measured(folder: Path) -> None:
    numbers_of("shop").save(folder / "shop.measured.json")
    write(folder / "shop.cjm.json", {**SHOP, "objective": "Sell more"})
    cjm("render", "shop.cjm.json", "shop.html", "--measured", "shop.measured.json")
    assert "The map has been changed since then." in (folder / "shop.html").read_text("utf-8")


def test_numbers_of_another_map_are_refused(folder: Path) -> None:
    numbers_of("hotel").save(folder / "hotel.measured.json")
    ran = cjm("render", "shop.cjm.json", "shop.html", "--measured", "hotel.measured.json")
    assert ran.code == 2
    assert "The numbers are of the map `hotel`, and this is `shop`." in ran.err
    assert not (folder / "shop.html").exists()


@pytest.mark.parametrize(("ending", "begins"), [("svg", b"<svg "), ("png", b"\x89PNG")])
def test_map_is_rendered_as_its_ending_says(folder: Path, ending: str, begins: bytes) -> None:
    ran = cjm("render", "shop.cjm.json", f"shop.{ending}")
    assert (ran.code, ran.out) == (0, f"Wrote shop.{ending}.\n")
    assert (folder / f"shop.{ending}").read_bytes().startswith(begins)


def test_only_the_lanes_asked_for_are_rendered(folder: Path) -> None:
    numbers_of("shop").save(folder / "shop.measured.json")
    beside = ("--measured", "shop.measured.json", "--lane", "measured")
    cjm("render", "shop.cjm.json", "shop.svg", *beside)
    drawn = (folder / "shop.svg").read_text("utf-8")
    assert ">Measured<" in drawn
    assert ">Channel<" not in drawn
    wrong = cjm("render", "shop.cjm.json", "shop.svg", "--lane", "mesured")
    assert wrong.code == 2
    assert "There is no lane `mesured`. Did you mean `measured`?" in wrong.err


def test_picture_of_an_unknown_kind_is_refused(folder: Path) -> None:
    ran = cjm("render", "shop.cjm.json", "shop.pdf")
    assert (ran.code, (folder / "shop.pdf").exists()) == (2, False)
    assert "`shop.pdf` is no picture." in ran.err
