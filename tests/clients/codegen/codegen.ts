// graphql-codegen's client preset, with our scalars, as docs/graphql.md shows it.
import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: "operations/*.graphql",
  generates: {
    "codegen/gql/": {
      preset: "client",
      // writes persisted-documents.json, which `fidelio documents register` takes
      presetConfig: { persistedDocuments: { hashAlgorithm: "sha256" } },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        // a scalar that is not named here is an error, not `any`
        strictScalars: true,
        scalars: {
          CurrencyCode: "string",
          Date: "string",
          DateTime: "string",
          MinorUnits: "number",
          URL: "string",
        },
      },
    },
  },
};

export default config;
