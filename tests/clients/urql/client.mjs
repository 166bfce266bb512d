// urql 6 for a storefront, as docs/graphql.md shows it.
import { Client, fetchExchange } from "@urql/core";

export const newClient = (url, headers) =>
  new Client({ url, exchanges: [fetchExchange], fetchOptions: { headers }, preferGetMethod: false });
