"""Who is one customer, counted by hand on a few rows and against a slow reader on random ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.identity import Identities, IdTable, link

Rows = Sequence[Sequence[str | None]]


def table(source: str, kinds: str, rows: Rows) -> IdTable:
    """Columns named like the kinds of their ids."""
    names = kinds.split()
    frame = pd.DataFrame(rows, columns=names, dtype=object)
    return IdTable(source, pa.Table.from_pandas(frame), {name: name for name in names})


WEB = table("web", "cookie user", [["c1", None], ["c1", "u1"], ["c2", "u1"], ["c3", None]])
CRM = table("crm", "user email", [["u1", "Ann@example.org"], ["u2", "bob@example.org"]])
SURVEY = table("survey", "email", [["ann@example.org "], ["eve@example.org"], [None]])


def names(found: Identities, of: IdTable) -> list[str | None]:
    return [None if one is None else str(one) for one in found.customers_of(of).to_pylist()]


def test_ids_are_followed_from_table_to_table() -> None:
    """c1, c2, u1 and ann's address are one person, through three tables."""
    found = link([WEB, CRM, SURVEY])
    assert names(found, WEB) == ["cookie:c1"] * 3 + ["cookie:c3"]
    assert names(found, CRM) == ["cookie:c1", "user:u2"]
    assert names(found, SURVEY) == ["cookie:c1", "email:eve@example.org", None]
    assert found.n_customers == 4


def test_each_pair_of_sources_says_who_is_found_and_who_is_lost() -> None:
    found = link([WEB, CRM, SURVEY])
    rows = found.matches.set_index(["source", "other"])
    counted = ["customers", "matched", "share", "lost"]
    assert rows.loc[("web", "crm"), counted].tolist() == [2, 1, 0.5, 1]
    assert rows.loc[("crm", "survey"), "matched"] == 1
    assert found.lost("web", "crm") == ["cookie:c3"]
    assert found.lost("survey", "web") == ["email:eve@example.org"]
    told = found.sources.set_index("source")
    assert told.loc["survey"].tolist() == [3, 1, 0, 2]


def test_case_matters_but_for_kinds_that_are_folded() -> None:
    same = [table("a", "login", [["Ann"]]), table("b", "login", [["ann"]])]
    assert link(same).n_customers == 2
    assert link(same, fold=["login"]).n_customers == 1


def test_an_id_that_is_linked_with_too_many_is_nobodys() -> None:
    """A terminal in a branch office has seen four customers; each keeps their own account."""
    seen = [*(["kiosk", f"u{number}"] for number in range(4)), ["phone", "u0"], ["kiosk", None]]
    branch = table("branch", "cookie user", seen)
    found = link([branch], most_links=3)
    others = ["user:u1", "user:u2", "user:u3"]
    assert names(found, branch) == ["cookie:phone", *others, "cookie:phone", None]
    assert found.hubs.to_dict("records") == [
        {"kind": "cookie", "id": "kiosk", "linked_kind": "user", "links": 4}
    ]
    assert found.sources.loc[0, "only_cut"] == 1
    assert link([branch], most_links=4).n_customers == 1


def test_two_accounts_of_one_person_are_reported_and_left_together() -> None:
    shared = table("crm", "user email", [["u1", "a@example.org"], ["u2", "a@example.org"]])
    found = link([shared], unique=["user"])
    (row,) = found.conflicts.to_dict("records")
    assert row == {"customer": "user:u1", "kind": "user", "ids": 2, "first_ids": "u1, u2"}
    assert found.n_customers == 1


def test_an_outcome_that_one_source_records_is_bounded_for_the_other() -> None:
    """Ten came to the site, six are in the CRM, three of these bought, and two more of whom the
    site knows nothing: 3 of 10 at worst, 5 of 10 at best.
    """
    web = table("web", "cookie user", [[f"c{n}", f"u{n}" if n < 6 else None] for n in range(10)])
    crm = table("crm", "user", [[f"u{n}"] for n in range(6)] + [["x1"], ["x2"], ["x3"]])
    found = link([crm, web])
    bought = ["user:u0", "user:u1", "user:u2", "user:x1", "user:x2"]
    bounds = found.bounds("web", "crm", bought)
    assert (bounds.low, bounds.share, bounds.high) == (0.3, 0.5, 0.5)
    assert bounds.interval == pytest.approx((0.1876, 0.8124), abs=1e-4)
    nobody = found.bounds("web", "crm", [])
    assert (nobody.low, nobody.high) == (0, 0)


def test_a_table_gets_the_customer_of_each_row_as_a_column() -> None:
    found = link([WEB, CRM])
    rows = found.with_customer(WEB)
    assert rows.column_names == ["cookie", "user", "customer"]
    assert rows["customer"].to_pylist()[3] == "cookie:c3"
    with pytest.raises(ParameterError, match=r"has a column `user` already\. Give another name"):
        found.with_customer(WEB, "user")


def test_a_later_table_is_told_who_is_known() -> None:
    later = table("web", "cookie user", [["c2", None], ["c9", None]])
    assert names(link([WEB, CRM]), later) == ["cookie:c1", None]


def test_what_cannot_be_linked_is_refused_with_a_cure() -> None:
    with pytest.raises(ParameterError, match=r"no table to link\. Give an `IdTable`"):
        link([])
    with pytest.raises(ParameterError, match=r"`most_links` is 0\. Give the most ids"):
        link([WEB], most_links=0)
    with pytest.raises(ParameterError, match=r"ids of the kind `mail`\. Did you mean `email`"):
        link([CRM], unique=["mail"])
    with pytest.raises(ParameterError, match=r"no source `webb`\. Did you mean `web`"):
        link([WEB]).lost("webb", "web")
    with pytest.raises(SourceError, match="no column `user_id`, named as `ids"):
        link([IdTable("web", WEB.table, {"user": "user_id"})])
    with pytest.raises(ParameterError, match="`user:u9` has succeeded and is no customer"):
        link([WEB, CRM]).bounds("web", "crm", ["user:u9"])


ids = st.sampled_from(["1", "2", "3", "4", "5"])
rows = st.lists(
    st.tuples(st.none() | ids, st.none() | ids, st.none() | ids), min_size=1, max_size=9
)


@given(rows)
def test_the_same_ids_hang_together_as_for_a_slow_reader(
    three: list[tuple[str | None, str | None, str | None]],
) -> None:
    one = table("one", "a b c", three)
    found = names(link([one]), one)
    groups = _followed(three)
    for row, name in zip(three, found, strict=True):
        for other, other_name in zip(three, found, strict=True):
            if name is not None and other_name is not None:
                assert (groups[_first(row)] == groups[_first(other)]) == (name == other_name)
    assert [name is None for name in found] == [all(id_ is None for id_ in row) for row in three]


def _first(row: Sequence[str | None]) -> tuple[int, str]:
    return next((place, id_) for place, id_ in enumerate(row) if id_ is not None)


def _followed(three: Rows) -> Mapping[tuple[int, str], int]:
    """Groups are merged until no row joins two of them."""
    group = {
        (place, id_): number * 3 + place
        for number, row in enumerate(three)
        for place, id_ in enumerate(row)
        if id_ is not None
    }
    for _ in three:
        for row in three:
            here = [(place, id_) for place, id_ in enumerate(row) if id_ is not None]
            least = min((group[one] for one in here), default=0)
            for one in here:
                before = group[one]
                for it in group:
                    if group[it] == before:
                        group[it] = least
    return group
