// Apollo Client 4 for a storefront, as docs/graphql.md shows it.
import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";

const forwards = relayStylePagination(["sort", "filter"]);

export const newClient = (url, headers) =>
  new ApolloClient({
    link: new HttpLink({ uri: url, headers }),
    cache: new InMemoryCache({
      typePolicies: {
        Query: { fields: { products: relayStylePagination() } },
        Product: { fields: { reviews: forwards } },
        // without an id there is one of them
        Viewer: { merge: true, fields: { reviews: relayStylePagination() } },
      },
    }),
  });
