// Apollo Client 4 for a storefront, as docs/graphql.md shows it.
import { createHash } from "node:crypto";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { GraphQL17Alpha9Handler } from "@apollo/client/incremental";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { relayStylePagination } from "@apollo/client/utilities";
import { createClient } from "graphql-ws";
import WebSocket from "ws"; // a browser has its own

// pages are appended to one list; another order or filter is another list
const cache = () =>
  new InMemoryCache({
    possibleTypes: { Node: ["Product", "Review", "Photo", "Membership", "Program"] },
    typePolicies: {
      Query: { fields: { products: relayStylePagination() } },
      Product: { fields: { reviews: relayStylePagination(["sort", "filter"]) } },
      // there is one of them: it has no id
      Viewer: { merge: true, fields: { reviews: relayStylePagination() } },
    },
  });

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** A client for a visitor, or for the customer whose token it is. */
export const newClient = ({ url, storefrontKey, token, fetch }) => {
  const headers = { "Fidelio-Storefront-Key": storefrontKey, ...(token && { Authorization: `Bearer ${token}` }) };
  const socket = createClient({
    url: url.replace(/^http/, "ws"),
    webSocketImpl: WebSocket,
    connectionParams: { storefrontKey, ...(token && { authorization: `Bearer ${token}` }) },
  });
  const byHash = new PersistedQueryLink({ sha256, useGETForHashedQueries: true });
  return new ApolloClient({
    cache: cache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === "subscription",
      new GraphQLWsLink(socket),
      byHash.concat(new HttpLink({ uri: url, headers, fetch })),
    ),
    incrementalHandler: new GraphQL17Alpha9Handler(),
  });
};
