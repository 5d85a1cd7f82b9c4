"""Tables as people have them: the first cell of a notebook that maps them."""

import pandas as pd

steps = ["Anfrage", "Angebot", "Vertrag", "<b>Rechnung</b>"]
start = pd.Timestamp("2025-03-01 08:00")
rows = []
for who in range(60):
    for number, step in enumerate(steps[: 1 + who % 4]):
        at = start + pd.Timedelta(days=who % 20, hours=3 * number)
        channel = ("web", "app", "phone")[(who + number) % 3]
        rows.append((f"K-{who:03}", step, at.strftime("%Y-%m-%d %H:%M"), channel, 10.5 * number))
rows.append((None, "Anfrage", "2025-03-04 10:00", "web", 0))
rows.append(("K-001", "Angebot", "31.02.2025", "web", 0))
orders = pd.DataFrame(rows, columns=["Kundennummer", "Vorgang", "Zeitpunkt", "Kanal", "Betrag"])
orders["Mail"] = [f"kunde{row % 60}@example.org" for row in range(len(orders))]
survey = pd.DataFrame(
    {
        "respondent": [f"R{row}" for row in range(30)],
        "recommend": [row % 11 for row in range(30)],
        "ease": [1 + row % 5 for row in range(30)],
        "ease_comment": [f"It took {row} minutes to find it" for row in range(30)],
        "country": ["DE", "FR"] * 15,
    }
)
bookings = pd.DataFrame(
    {
        "booking_no": [f"B{row}" for row in range(40)],
        "requested_at": [f"2025-03-{1 + row % 9:02}T09:00:00Z" for row in range(40)],
        "paid_at": [
            f"2025-03-{11 + row % 9:02}T09:00:00Z" if row % 2 else None for row in range(40)
        ],
        "branch": ["north", "south"] * 20,
    }
)
visits = pd.DataFrame(
    {"customer": ["a", "b"], "event": ["look", "buy"], "at": ["03/04/2025", "01/02/2025"]}
)
