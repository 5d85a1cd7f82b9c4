"""What every part of a map has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator
from pydantic.config import JsonDict

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps.reading_errors import explained, unknown_fields
from cjm_notebooks.maps.values import Id, Name

OWN_FIELD = "x_"


def _name_in_the_file(name: str) -> str:
    """`is` for `is_`: a word that Python keeps for itself has an underscore there."""
    return name.removesuffix("_")


def _allow_own_fields(schema: JsonDict) -> None:
    schema["additionalProperties"] = False
    schema["patternProperties"] = {f"^{OWN_FIELD}": {}}


class Part(BaseModel):
    """Fixed once made. Fields whose names begin with `x_` are the author's own and are kept.

    Raises  MapError when a field is unknown, is missing or holds what it cannot hold
    """

    model_config = ConfigDict(
        frozen=True,
        extra="allow",
        alias_generator=_name_in_the_file,
        populate_by_name=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
        json_schema_extra=_allow_own_fields,
    )
    __pydantic_extra__: dict[str, JsonValue] = Field(init=False)

    def __init__(self, /, **fields: object) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as error:
            msg = explained(error, f"This {type(self).__name__} cannot be made")
            raise MapError(msg) from None

    # pydantic reads the parts inside a part without their `__init__` only where this is set
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]

    @model_validator(mode="before")
    @classmethod
    def _knows_its_fields(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        known = {_name_in_the_file(name) for name in cls.model_fields}
        names = (name for name in given if name not in known | cls.model_fields.keys())
        if unknown := [name for name in names if not name.startswith(OWN_FIELD)]:
            raise unknown_fields(unknown, known)
        return given


class Named(Part):
    """A part that others can refer to."""

    id: Id
    """What other parts call it; it stays when the name changes."""
    name: Name
    """What people call it."""
