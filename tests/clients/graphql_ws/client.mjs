// graphql-ws 6 for a storefront, as docs/graphql.md shows it: one socket for everything that is asked.
import { createClient } from "graphql-ws";
import WebSocket from "ws"; // a browser has its own

/** A client for a visitor, or for the customer whose token it is. */
export const newClient = ({ url, storefrontKey, token }) =>
  createClient({
    url: url.replace(/^http/, "ws"),
    webSocketImpl: WebSocket,
    connectionParams: { storefrontKey, ...(token && { authorization: `Bearer ${token}` }) },
  });
