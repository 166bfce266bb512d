// graphql-sse 2 for a storefront, as docs/graphql.md shows it: one request a subscription, through any proxy.
import { createClient } from "graphql-sse";

/**
 * A client for a visitor, or for the customer whose token it is. It takes every refusal for a lost network and asks
 * again, five times within a minute: good for a subscription; a query or a mutation goes without, by `retryAttempts: 0`.
 */
export const newClient = ({ url, storefrontKey, token, retryAttempts = 5 }) =>
  createClient({
    url,
    retryAttempts,
    headers: { "Fidelio-Storefront-Key": storefrontKey, ...(token && { Authorization: `Bearer ${token}` }) },
  });
