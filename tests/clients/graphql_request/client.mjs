// graphql-request 7 for a storefront's own server, as docs/graphql.md shows it.
import { GraphQLClient } from "graphql-request";

export const newClient = (url, headers) => new GraphQLClient(url, { headers });
