"""One customer from many ids: what sources call somebody, followed from row to row.

A row that holds two ids says that both are one person. `link` follows such rows through all tables,
however many steps that takes, and gives `Identities`: the customer of every id, who is known to
which sources, and which ids are too well connected to be one person's. `unite` makes one set of
tables of what all sources recorded.
"""

from __future__ import annotations

from cjm_notebooks.identity.bounds import OutcomeBounds
from cjm_notebooks.identity.identities import Identities, link
from cjm_notebooks.identity.tables import IdTable
from cjm_notebooks.identity.uniting import IdImport, United, unite

__all__ = ["IdImport", "IdTable", "Identities", "OutcomeBounds", "United", "link", "unite"]
