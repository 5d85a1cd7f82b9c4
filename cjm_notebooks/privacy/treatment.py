"""What becomes of each column of an import, as the privacy section of a map says."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events.content import Recorded
from cjm_notebooks.maps.settings import Privacy
from cjm_notebooks.privacy.personal import names_addresses, names_personal_data, names_somebody
from cjm_notebooks.privacy.pseudonyms import CUSTOMER, EMAIL

Treatment = Literal["keep", "mask", "pseudonymise", "leave out"]

WITHOUT_WORDS = ("at", "sequence", "value", "score", "weight")
WITH_WORDS = ("event", "question", "touchpoint")
OPTIONAL = "comment"


def treatment(
    part: Recorded, columns: Collection[str], privacy: Privacy, *, has_key: bool
) -> dict[str, Treatment]:
    """The treatment of each column; without a key ids are kept as long as nothing is found in them.

    Raises  ParameterError when the map leaves out a column that nothing works without, or asks for
            pseudonyms and there is no key
    """
    roles = {name: role for role, name in vars(part).items() if isinstance(name, str)}
    chosen = {
        column: _of(column, roles.get(column), privacy, has_key=has_key) for column in columns
    }
    asked = next((one for one in privacy.pseudonym_fields if one in chosen), None)
    if asked is not None and not has_key:
        raise without_key(asked, "for which the map asks for pseudonyms")
    return chosen


def kind_of(column: str) -> str:
    """Which kind of id it holds: ids of one kind have the same pseudonym in every table."""
    return EMAIL if names_addresses(column) else CUSTOMER


def without_key(column: str, why: str) -> ParameterError:
    msg = (
        f"The column `{column}` holds ids, {why}, and there is no key of pseudonyms. Give one: "
        "`Key.read(file)`, or `Key.make(file)` for a new one."
    )
    return ParameterError(msg)


def asks_for_pseudonyms(column: str, privacy: Privacy) -> bool:
    """Whether ids of customers must not stay as they are."""
    named = {*privacy.pii_fields, *privacy.pseudonym_fields}
    return column in named or names_personal_data(column)


def without_columns(part: Recorded, gone: Collection[str]) -> dict[str, Any]:
    """What else changes in a part when columns are gone: its comment, its segments."""
    changes: dict[str, Any] = {}
    if vars(part).get(OPTIONAL) in gone:
        changes[OPTIONAL] = None
    if segments := vars(part).get("segments"):
        changes["segments"] = tuple(one for one in segments if one not in gone)
    return changes


def _of(column: str, role: str | None, privacy: Privacy, *, has_key: bool) -> Treatment:
    if column in privacy.kept_fields:
        return "keep"
    if role == "customer" or column in privacy.pseudonym_fields:
        return "pseudonymise" if has_key else "keep"
    if role in WITHOUT_WORDS or role in WITH_WORDS:
        if column in privacy.pii_fields and column not in privacy.masked_fields:
            msg = (
                f"The map leaves out `{column}`, and it is the column of `{role}`, which nothing "
                "works without. Take it out of `pii_fields`, or add it to `masked_fields`."
            )
            raise ParameterError(msg)
        return "keep" if role in WITHOUT_WORDS else "mask"
    if column in privacy.masked_fields or column == privacy.consent_field:
        return "mask"
    if column in privacy.pii_fields:
        return "leave out"
    if names_somebody(column):
        return "pseudonymise" if has_key else "mask"
    return "leave out" if names_personal_data(column) and role != OPTIONAL else "mask"
