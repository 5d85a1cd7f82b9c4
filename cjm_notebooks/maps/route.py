"""How the journey goes on and how it ends: channels, flows and outcomes."""

from __future__ import annotations

from typing import Literal

from cjm_notebooks.maps.part import Named, Part
from cjm_notebooks.maps.rules import Rule
from cjm_notebooks.maps.values import ChannelId, Duration, Share, TouchpointId


class Channel(Named):
    """A channel of this organisation; the common ones need no entry."""

    kind: ChannelId | None = None
    """The common channel it is a form of, such as `web` or `phone`."""
    description: str = ""
    """What goes through it."""


class Flow(Part):
    """A way from one touchpoint to another that is not simply the next one."""

    from_: TouchpointId
    """The touchpoint it leaves."""
    to: TouchpointId
    """The touchpoint it leads to."""
    kind: Literal["next", "alternative", "loop", "exit", "parallel", "skip"] = "next"
    """What sort of way it is; only a `loop` leads back."""
    condition: str = ""
    """When it is taken."""
    expected_share: Share | None = None
    """The share of customers who are expected to take it, 0 to 1."""
    expected_duration: Duration | None = None
    """How long it is expected to take."""


class Outcome(Named):
    """How a journey can end; the first one reached ends it."""

    kind: Literal["success", "failure"] = "success"
    """Whether that is good."""
    match: Rule | None = None
    """The recorded events that reach it."""
