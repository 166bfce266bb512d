"""graphql-codegen's client preset: what it makes of contract and operations, in a program that is compiled and run."""

from tests.clients.bench import Bench
from tests.clients.shop import Shop


def test_the_generated_types_compile_and_run(bench: Bench, shop: Shop) -> None:
    bench.run("graphql-codegen", "--config", "codegen/codegen.ts")
    bench.run("tsc", "--noEmit", "--project", "codegen/tsconfig.json")

    bench.run("tsc", "--project", "codegen/tsconfig.json")
    printed = bench.node("codegen/built/program.js", shop.told())

    assert printed == ["price number string, 10 reviews", "RATING_OUT_OF_RANGE rating"]
