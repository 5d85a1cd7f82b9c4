"""The JSON of a chart, as bokeh writes it, in a quarter of its time."""

from __future__ import annotations

from typing import Any

from bokeh.core.serialization import Serializer
from bokeh.model import Model


def serialized(root: Model) -> Any:
    """The model and all it refers to, as `bokeh.document.Document.to_json` writes its roots."""
    return _Serializer(deferred=False).encode([root])


class _Serializer(Serializer):
    """Asks a model for what was set and for what it made by itself, not for every default too."""

    def _encode(self, obj: Any) -> Any:
        if not isinstance(obj, Model):
            return super()._encode(obj)
        self.add_ref(obj, obj.ref)
        its_own = obj._property_values.keys() | obj._unstable_default_values.keys()
        values = obj.query_properties_with_values(
            lambda one: one.serialized and one.name in its_own,
            include_defaults=False,
            include_undefined=True,
        )
        written = {"type": "object", "name": obj.__qualified_model__, "id": obj.id}
        attributes = {name: self.encode(value) for name, value in values.items()}
        return {**written, "attributes": attributes} if attributes else written
