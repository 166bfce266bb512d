"""What schemathesis writes for our scalars: mostly what they take, at times what they refuse."""

import schemathesis
from hypothesis import strategies
from hypothesis_graphql import nodes

WRONG = strategies.text(max_size=10)
SCALARS = {
    "CurrencyCode": strategies.sampled_from(["EUR", "USD", "JPY", "KWD", "ABC"]),
    "Date": strategies.dates().map(str),
    "DateTime": strategies.datetimes().map(lambda instant: f"{instant.isoformat()}Z"),
    "URL": strategies.sampled_from(["https://shop.example/a", "ftp://shop.example", "https://shop.example:99999/"]),
}

for name, values in SCALARS.items():
    schemathesis.graphql.scalar(name, (values | WRONG).map(nodes.String))

schemathesis.graphql.scalar("MinorUnits", strategies.integers(-1, 2**53).map(nodes.Int))
