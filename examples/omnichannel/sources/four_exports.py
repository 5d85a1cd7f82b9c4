"""The four exports of this example as one source, for `cjm audit` and the templates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cjm_notebooks.identity import IdImport, United, unite
from cjm_notebooks.sources import Import, Source
from cjm_notebooks.sources.ga4_export import Ga4Export
from cjm_notebooks.sources.hubspot_export import HubspotExport
from cjm_notebooks.sources.nps_survey import NpsSurvey
from cjm_notebooks.sources.rrweb_recording import RrwebRecording

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True)
class FourExports(Source):
    """Visits, recordings, contacts with their deals, and a survey, of the same households.

    Yields and sets aside what the four sources do, with one `customer` in place of their ids.

    Memory  all tables
    Raises  SourceError when a file cannot be read
    """

    zone: str = "Europe/Berlin"

    def united(self) -> United:
        """The tables, and who was found in which source."""
        web = Ga4Export(DATA / "ga4.ndjson.gz").read()
        visits = RrwebRecording(DATA / "recordings.ndjson.gz", "client_id", "session_id").read()
        crm = HubspotExport(DATA / "contacts.csv", DATA / "deals.csv", zone=self.zone).read()
        survey = NpsSurvey(DATA / "callexa.csv", zone=self.zone, comments=True).read()
        return unite(
            [
                IdImport("web", web, {"browser": "user_pseudo_id", "account": "user_id"}),
                IdImport("visits", visits, {"browser": "customer"}),
                IdImport("crm", crm, {"account": "contact"}),
                IdImport("survey", survey, {"account": "customer"}, with_invitations=True),
            ]
        )

    def read(self) -> Import:
        return self.united().imported
