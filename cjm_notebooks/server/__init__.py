"""The part of JupyterLab's server that the editor of maps asks."""

from __future__ import annotations

from cjm_notebooks.server.app import JourneyApp

__all__ = ["JourneyApp"]
