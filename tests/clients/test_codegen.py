"""graphql-codegen's client preset: what it makes of contract and operations, in a program that is compiled and run."""

import json

from tests.clients.bench import Bench
from tests.clients.shop import PRODUCT, Shop


def test_the_generated_types_compile_and_run(bench: Bench, shop: Shop) -> None:
    bench.run("graphql-codegen", "--config", "codegen/codegen.ts")
    bench.run("tsc", "--noEmit", "--project", "codegen/tsconfig.json")

    bench.run("tsc", "--project", "codegen/tsconfig.json")
    printed = bench.node("codegen/built/program.js", shop.told())

    assert printed == ["price number string, 10 reviews", "RATING_OUT_OF_RANGE rating"]


def test_what_it_persists_is_registered_and_named(bench: Bench, shop: Shop) -> None:
    bench.run("graphql-codegen", "--config", "codegen/codegen.ts")
    manifest = bench.folder / "codegen" / "gql" / "persisted-documents.json"
    (page,) = (name for name, text in json.loads(manifest.read_text()).items() if "query ProductPage(" in text)
    before = shop.answer_to(page, handle=PRODUCT)

    shop.register(manifest)

    assert before["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    assert shop.answer_to(page, handle=PRODUCT)["data"]["product"]["name"]
