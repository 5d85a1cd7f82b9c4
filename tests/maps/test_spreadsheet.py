"""Maps as spreadsheets, and back."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps import JourneyMap, Stage, Touchpoint, read_spreadsheet, write_spreadsheet
from tests.maps.any_map import names

RAIL_TRIP = Path(__file__).with_name("rail_trip.cjm.json")

either_format = pytest.mark.parametrize("ending", ["csv", "xlsx"])


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "trip.csv"


def in_excel(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


@either_format
def test_what_has_a_column_comes_back(ending: str, tmp_path: Path) -> None:
    before = JourneyMap.load(RAIL_TRIP)
    write_spreadsheet(before, tmp_path / f"trip.{ending}")
    after = read_spreadsheet(tmp_path / f"trip.{ending}", name=before.name)
    assert [(stage.id, stage.name) for stage in after.stages] == [
        ("book", "Book"),
        ("travel", "Travel"),
    ]
    search, pay, delay = after.touchpoints
    assert (search.channel, search.department, search.emotion) == ("app", "product", 0.5)
    assert search.doing == "Types in two towns and a day"
    assert [pain.text for pain in pay.pain_points] == ["The card is refused and nobody says why"]
    assert pay.model_extra == {"x_ticket": "PAY-311"}
    assert (delay.kind, delay.questions) == ("communication", ("told_in_time",))
    assert delay.expectation is not None
    assert delay.expectation.text == "I am told before I leave home"
    assert delay.moment_of_truth is not None
    assert delay.moment_of_truth.rationale == "Whoever waits without a word does not come back"
    assert [(one.id, one.name) for one in after.channels] == [
        ("screen-on-the-platform", "Screen on the platform")
    ]
    assert [(one.name, one.touchpoints) for one in after.opportunities] == [
        ("Say why a card is refused", ("pay",))
    ]
    assert after.problems() == ()


@either_format
def test_columns_are_found_by_the_words_of_other_tools(ending: str, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Mood", "PHASE", "Friction", "Step", "Idea", "Customer actions", "Loved by", "Internal"],
        [-1, "Book", "Slow\nConfusing", "Search", "Cache it", "Types", "Ana", "Query the fares"],
        [None, None, None, "Pay", "Cache it", None, None, None],
        [None, None, None, None, None, None, None, None],
        [2, "Travel", None, "Ride", None, None, None, None],
    ]
    file = in_excel(tmp_path / "trip.xlsx", rows)
    if ending == "csv":
        file = tmp_path / "trip.csv"
        with file.open("w", newline="") as lines:
            csv.writer(lines).writerows(rows)
    journey_map = read_spreadsheet(file)
    assert (journey_map.id, journey_map.name) == ("trip", "trip")
    assert [(stage.name, len(stage.touchpoints)) for stage in journey_map.stages] == [
        ("Book", 2),
        ("Travel", 1),
    ]
    search = journey_map.touchpoints[0]
    assert (search.emotion, search.doing) == (-1, "Types")
    assert [pain.text for pain in search.pain_points] == ["Slow", "Confusing"]
    assert [work.action for work in search.backstage] == ["Query the fares"]
    assert search.model_extra == {"x_loved_by": "Ana"}
    assert journey_map.opportunities[0].touchpoints == ("search", "pay")


@pytest.mark.parametrize(
    "text",
    [
        "Stage;Touchpoint;Emotion\nBook;Search, and search;-1,5\n",
        '\ufeffemotion,touchpoint,stage\n-1.5,"Search, and search",Book\n',
        "stage\ttouchpoint\temotion\r\nBook\tSearch, and search\t\u22121.5\r\n",
    ],
    ids=["semicolons", "byte order mark", "tabs"],
)
def test_csv_of_any_country_is_read(text: str, sheet: Path) -> None:
    sheet.write_text(text, "utf-8", newline="")
    [touchpoint] = read_spreadsheet(sheet).touchpoints
    assert (touchpoint.name, touchpoint.emotion) == ("Search, and search", -1.5)


def test_channels_that_are_not_common_get_an_entry(sheet: Path) -> None:
    sheet.write_text(
        "stage,touchpoint,channel\nBook,A,Web mobile\nBook,B,Night bus\nBook,C,Night bus\n"
    )
    journey_map = read_spreadsheet(sheet)
    assert [one.channel for one in journey_map.touchpoints] == [
        "web_mobile",
        "night-bus",
        "night-bus",
    ]
    assert [channel.name for channel in journey_map.channels] == ["Night bus"]


def test_moment_of_truth_may_be_ticked_or_explained(sheet: Path) -> None:
    sheet.write_text("stage,step,MoT\nBook,A,yes\nBook,B,no\nBook,C,Money changes hands\nBook,D,\n")
    moments = [one.moment_of_truth for one in read_spreadsheet(sheet).touchpoints]
    assert [moment and moment.rationale for moment in moments] == [
        "",
        None,
        "Money changes hands",
        None,
    ]


def test_stage_without_touchpoints_keeps_its_row(tmp_path: Path) -> None:
    journey_map = JourneyMap.preset("lv3")
    write_spreadsheet(journey_map, tmp_path / "lv3.csv")
    assert [stage.name for stage in read_spreadsheet(tmp_path / "lv3.csv").stages] == [
        "Prepurchase",
        "Purchase",
        "Postpurchase",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", r"`trip\.csv` is empty\. Name the columns in its first row"),
        ("\n\n", r"`trip\.csv` is empty\."),
        ("stage,touchpoint\n", r"has headers and nothing below them\. Add one row"),
        (
            "Stgae,touchpoint\nBook,Pay\n",
            r"has no column `stage`, which may also be called `phase` .* Did you mean `Stgae`\?",
        ),
        ("stage,name\nBook,Pay\n", r"has no column `touchpoint`, .* `step` or .* Known: `stage`"),
        (
            "stage,step,touchpoint\nBook,a,b\n",
            r"has two columns for `touchpoint`: `step` and `touchpoint`\. Rename one",
        ),
        ("stage,touchpoint\n,Pay\n", r"Row 2 of `trip\.csv` names no stage, and no row above it"),
        (
            "stage,touchpoint,doing\nBook,,Types\n",
            r"Row 2 of `trip\.csv` names no touchpoint and has a `doing`\. Name the touchpoint",
        ),
        (
            "stage,touchpoint,emotion\nBook,Pay,angry\n",
            r"Row 2 of `trip\.csv` has the emotion `angry`\. Give a number from -2 to 2",
        ),
        (
            "stage,touchpoint,emotion\n\nBook,Pay,5\n",
            r"Row 3 of `trip\.csv` cannot be read as a touchpoint:\n  `emotion` is `5`\. Give a",
        ),
        ("stage,touchpoint,type\nBook,Pay,Wiat\n", r"`kind` is `wiat`\. Did you mean `wait`\?"),
        (f"stage,touchpoint\nBook,{'a' * 200_000}\n", r"is not CSV: field larger than field limit"),
    ],
)
def test_sheet_that_cannot_be_read_says_why(text: str, sentence: str, sheet: Path) -> None:
    sheet.write_text(text)
    with pytest.raises(MapError, match=sentence):
        read_spreadsheet(sheet)


def test_file_that_only_pretends_to_be_excel_is_refused(tmp_path: Path) -> None:
    (tmp_path / "trip.xlsx").write_text("stage,touchpoint\n")
    with pytest.raises(MapError, match=r"`trip\.xlsx` is not an Excel workbook\. Save it again"):
        read_spreadsheet(tmp_path / "trip.xlsx")


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MapError, match=r"`trip\.ods` ends in `\.ods`\. A spreadsheet ends in"):
        read_spreadsheet(tmp_path / "trip.ods")


FORMULA = '=HYPERLINK("//a.example")'


def named(name: str) -> JourneyMap:
    touchpoint = Touchpoint(id="t", name=name)
    return JourneyMap(
        id="m", name="M", stages=(Stage(id="s", name="S", touchpoints=(touchpoint,)),)
    )


@pytest.mark.parametrize("name", [FORMULA, "+1", "-1", "@SUM(A1)", "'=1", "' quoted", "'t is so"])
@either_format
def test_text_that_looks_like_a_formula_stays_text(name: str, ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"m.{ending}"
    write_spreadsheet(named(name), file)
    assert read_spreadsheet(file).touchpoints[0].name == name
    if ending == "xlsx":
        cell = openpyxl.load_workbook(file).worksheets[0]["C2"]
        assert (cell.data_type, cell.value) == ("s", name)
    else:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            assert list(csv.reader(lines))[1][2].startswith("'")


@settings(max_examples=50)
@given(names.map(str.strip).filter(lambda name: name and "\r" not in name))
def test_name_comes_back_from_csv(name: str) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        write_spreadsheet(named(name), Path(folder, "m.csv"))
        assert read_spreadsheet(Path(folder, "m.csv")).touchpoints[0].name == name


@pytest.mark.parametrize("name", ["bell \x07", "a" * 40_000])
def test_text_that_excel_cannot_hold_is_refused_and_not_cut(name: str, tmp_path: Path) -> None:
    with pytest.raises(MapError, match=r"Row 2 of `m\.xlsx` holds a text that Excel cannot hold"):
        write_spreadsheet(named(name), tmp_path / "m.xlsx")
    assert list(tmp_path.iterdir()) == []
