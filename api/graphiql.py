"""GraphiQL for development: from the files that set-up fetched, else Strawberry's own page with its CDN."""

import json
from pathlib import Path

from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from strawberry.http.ides import get_graphql_ide_html

_FILES = Path("var/graphiql")
_NEEDED = ("react.production.min.js", "react-dom.production.min.js", "graphiql.min.js", "graphiql.min.css")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_FIRST_QUERY = """\
{
  products(first: 3) {
    nodes {
      handle
      name
      ratingSummary { mean count }
      reviews(first: 1) { nodes { title rating author { displayName } } }
    }
  }
}
"""
_START = """\
const key = new URLSearchParams(location.search).get("key") || "";
ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultHeaders: JSON.stringify({ "Fidelio-Storefront-Key": key }, null, 2),
    shouldPersistHeaders: false,
    defaultQuery: %s,
  }),
);
"""
_STYLE = "html, body, #graphiql { height: 100%; margin: 0; }\n"
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Fidelio GraphiQL</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/graphiql/graphiql.min.css">
  <link rel="stylesheet" href="/graphiql/page.css">
</head>
<body>
  <div id="graphiql"></div>
  <script src="/graphiql/react.production.min.js"></script>
  <script src="/graphiql/react-dom.production.min.js"></script>
  <script src="/graphiql/graphiql.min.js"></script>
  <script src="/graphiql/page.js"></script>
</body>
</html>
"""


def page() -> Response:
    """The page; the storefront key given as `?key=` is filled into its headers."""
    if not _fetched():
        return HTMLResponse(get_graphql_ide_html(graphql_ide="graphiql"))
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": _POLICY})


def routes() -> list[BaseRoute]:
    """The page's own files, where set-up fetched them."""
    if not _fetched():
        return []
    (_FILES / "page.js").write_text(_START % json.dumps(_FIRST_QUERY))
    (_FILES / "page.css").write_text(_STYLE)
    return [Mount("/graphiql", StaticFiles(directory=_FILES))]


def _fetched() -> bool:
    return all((_FILES / name).is_file() for name in _NEEDED)
