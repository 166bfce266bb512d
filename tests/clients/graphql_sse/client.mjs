// graphql-sse 2 for a storefront, as docs/graphql.md shows it: one request a subscription, through any proxy.
import { createClient } from "graphql-sse";

/** A client for a visitor, or for the customer whose token it is. */
export const newClient = ({ url, storefrontKey, token }) =>
  createClient({
    url,
    headers: { "Fidelio-Storefront-Key": storefrontKey, ...(token && { Authorization: `Bearer ${token}` }) },
  });
