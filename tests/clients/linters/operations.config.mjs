// The rules of @graphql-eslint for the operations that clients send: what it recommends, all of it.
import graphql from "@graphql-eslint/eslint-plugin";

export default [
  {
    files: ["**/*.graphql"],
    plugins: { "@graphql-eslint": graphql },
    languageOptions: {
      parser: graphql.parser,
      parserOptions: {
        graphQLConfig: { schema: "schema.graphql", documents: "operations/*.graphql" },
      },
    },
    rules: {
      ...graphql.configs["flat/operations-recommended"].rules,
    },
  },
];
