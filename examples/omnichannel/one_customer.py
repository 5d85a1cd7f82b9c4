"""Four exports of the same people: one set of journeys, a match report and an audit."""

import cjm_notebooks as cjm
from cjm_notebooks.identity import IdImport, unite
from cjm_notebooks.privacy.protecting import protect
from cjm_notebooks.sources.ga4_export import Ga4Export
from cjm_notebooks.sources.hubspot_export import HubspotExport
from cjm_notebooks.sources.nps_survey import NpsSurvey
from cjm_notebooks.sources.rrweb_recording import RrwebRecording

roof = cjm.JourneyMap.load("sonnendach.cjm.json")
web = Ga4Export("data/ga4.ndjson.gz").read()
visits = RrwebRecording("data/recordings.ndjson.gz", "client_id", "session_id").read()
crm = HubspotExport("data/contacts.csv", "data/deals.csv", zone="Europe/Berlin").read()
survey = NpsSurvey("data/callexa.csv", zone="Europe/Berlin", comments=True).read()

sources = [
    IdImport("web", web, {"browser": "user_pseudo_id", "account": "user_id"}),
    IdImport("visits", visits, {"browser": "customer"}),
    IdImport("crm", crm, {"account": "contact"}),
    IdImport("survey", survey, {"account": "customer"}, with_invitations=True),
]
one = unite(sources)
kept = protect(one.imported, roof.privacy).imported

tables = {"feedback": kept.feedback, "customers": kept.customers}
journeys = cjm.join(roof, kept.events, **tables)
result = cjm.audit(roof, kept.events, **tables, as_of="2026-04-30")
result.save("results", "sonnendach")
one.identities.matches.to_csv("results/matches.csv", index=False)
print(one.identities.matches.to_string(index=False))
print(f"{journeys.n_journeys} journeys; results/ holds {len(result.findings)} findings.")
