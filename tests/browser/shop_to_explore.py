"""A shop of sixty customers: the first cell of a notebook that explores it."""

import pandas as pd

import cjm_notebooks as cjm
from cjm_notebooks.builders.explorer import Explorer


def place(id_, name, **more):
    return {"id": id_, "name": name, "match": {"where": {"is": id_}}, **more}


shop = cjm.JourneyMap.from_fields(
    {
        "schema_version": "1.0",
        "id": "shop",
        "name": "Shop <img src=x onerror=alert(1)>",
        "stages": [
            {
                "id": "browse",
                "name": "Browse",
                "touchpoints": [
                    place("home", "Home page", channel="web", emotion=1),
                    place("product", "Product page", channel="web"),
                ],
            },
            {
                "id": "buy",
                "name": "Buy",
                "touchpoints": [
                    place("cart", "Cart", channel="app", emotion=-1),
                    place("pay", "Payment", channel="app"),
                ],
            },
            {
                "id": "support",
                "name": "Get help",
                "touchpoints": [place("help", "Help desk", channel="phone")],
            },
        ],
        "outcomes": [{"id": "paid", "name": "Paid", "match": {"where": {"is": "paid"}}}],
        "evidence": [
            {
                "id": "e1",
                "name": "Interviews",
                "n": 12,
                "strength": "C",
                "supports": ["cart"],
                "quote": "I could not see what <b>shipping</b> costs.",
            },
            {"id": "e2", "name": "Hotline", "supports": ["help"], "quote": "Nobody answered."},
        ],
    }
)
day = pd.Timestamp("2025-03-01", tz="UTC")
rows = []
for who in range(60):
    start = day + pd.Timedelta(days=who % 20, hours=who % 7)
    steps = ["home", "product", "cart", "pay", "paid"][: (5, 3, 2)[who % 3]]
    steps += ["help", "odd"] if who % 4 == 0 else []
    rows += [(f"c{who}", step, start + pd.Timedelta(hours=2 * n)) for n, step in enumerate(steps)]
rows.append(("c0", "home", day + pd.Timedelta(days=120)))
events = cjm.Events(
    pd.DataFrame(rows, columns=["customer", "event", "at"]), customer="customer", at="at"
)
answers = pd.DataFrame(
    [(f"c{who}", "cart" if who % 2 else "home", 1 + who % 5) for who in range(60)],
    columns=["customer", "touchpoint", "score"],
)
feedback = cjm.Feedback(
    answers,
    score="score",
    customer="customer",
    touchpoint="touchpoint",
    questions=(cjm.Question("csat", "csat", (1, 5)),),
)
people = pd.DataFrame(
    [(f"c{who}", "MT" if who < 3 else "DE" if who % 2 else "FR") for who in range(60)],
    columns=["customer", "country"],
)
mine = cjm.join(
    shop, events, feedback=feedback, customers=cjm.Customers(people, customer="customer")
)
explorer = Explorer(mine)
