// graphql-inspector: what a client of the first contract loses by the second. Prints each loss, and ends with 1 if any.
import { readFileSync } from "node:fs";
import { diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

const [before, after] = process.argv.slice(2).map((path) => buildSchema(readFileSync(path, "utf8")));
const breaks = (await diff(before, after)).filter(({ criticality }) => criticality.level === "BREAKING");

for (const { message } of breaks) console.log(message);
process.exitCode = breaks.length ? 1 : 0;
