// urql 6 for a storefront, as docs/graphql.md shows it.
import { Client, fetchExchange } from "@urql/core";
import { persistedExchange } from "@urql/exchange-persisted";

/** A client for a visitor, or for the customer whose token it is. */
export const newClient = ({ url, storefrontKey, token, fetch }) =>
  new Client({
    url,
    fetch,
    exchanges: [persistedExchange({ preferGetForPersistedQueries: true }), fetchExchange],
    fetchSubscriptions: true,
    preferGetMethod: false,
    fetchOptions: {
      headers: { "Fidelio-Storefront-Key": storefrontKey, ...(token && { Authorization: `Bearer ${token}` }) },
    },
  });
