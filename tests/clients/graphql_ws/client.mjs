// graphql-ws 6 for a storefront, as docs/graphql.md shows it: one socket for everything that is asked.
import { createClient } from "graphql-ws";
import WebSocket from "ws"; // a browser has its own

/** A client for a visitor, or for the customer whose token it is. `retryAttempts: 0` tells at once of a refused token. */
export const newClient = ({ url, storefrontKey, token, retryAttempts = 5 }) =>
  createClient({
    url: url.replace(/^http/, "ws"),
    webSocketImpl: WebSocket,
    retryAttempts,
    connectionParams: { storefrontKey, ...(token && { authorization: `Bearer ${token}` }) },
  });
