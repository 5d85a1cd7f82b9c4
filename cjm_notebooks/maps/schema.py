"""The JSON Schemas of the map and of its measures, which the editor and its types are made from."""

from __future__ import annotations

from pydantic import JsonValue
from pydantic.json_schema import GenerateJsonSchema

from cjm_notebooks.maps.document import Document
from cjm_notebooks.maps.journey_map import JourneyMap


class _FieldsWithoutTitles(GenerateJsonSchema):
    """A title on each field would become a type of its own in TypeScript."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False


def json_schema(document: type[Document] = JourneyMap) -> dict[str, JsonValue]:
    """The schema of the file, the fields of each part in the order of the canonical text.

    `x-refers-to` says which kind of part an id belongs to.
    """
    schema = document.model_json_schema(schema_generator=_FieldsWithoutTitles)
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}
