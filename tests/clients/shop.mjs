// What every client's script is told of the shop, and what is done beside the client that is tried.
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

const told = (name) => {
  const value = process.env[`FIDELIO_${name}`];
  if (!value) throw new Error(`FIDELIO_${name} is not set`);
  return value;
};

export const url = `${told("URL")}/graphql`;
export const product = told("PRODUCT");
export const storefrontKey = told("STOREFRONT_KEY");
export const customerToken = told("CUSTOMER_TOKEN");
export const staffToken = told("STAFF_TOKEN");

export const asVisitor = { "Fidelio-Storefront-Key": storefrontKey };
export const asCustomer = { ...asVisitor, Authorization: `Bearer ${customerToken}` };
export const asStaff = { Authorization: `Bearer ${staffToken}` };

/** The text of examples/operations/<name>.graphql. */
export const operation = (name) =>
  readFileSync(new URL(`./operations/${name}.graphql`, import.meta.url), "utf8");

/** The same, new to the server: nobody has sent or registered this very text. */
export const newOperation = (name) => `${operation(name)}\n# ${randomUUID()}`;

/** The `extensions` that name a text by its hash. */
export const named = (text) => ({
  persistedQuery: { version: 1, sha256Hash: createHash("sha256").update(text).digest("hex") },
});

/** Says that a step was done; the test compares the steps with those it expects. */
export const done = (step) => console.log(step);

/** A `fetch` for a client, and what went through it. */
export const watched = () => {
  const requests = [];
  const real = globalThis.fetch;
  const watching = async (address, init) => {
    const response = await real(address, init);
    const { method = "GET" } = init ?? {};
    const cacheControl = response.headers.get("cache-control");
    requests.push({ method, address: String(address), status: response.status, cacheControl });
    return response;
  };
  return { fetch: watching, requests };
};

/** Asks without any client: what the tested one is not tried with. */
export const ask = async (name, variables, headers) => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify({ query: operation(name), variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
};

/** Lets the customer review a product, and a moderator approve it. Returns the review's id. */
export const publish = async (handle) => {
  const { product: reviewed } = await ask("product_page", { handle }, asVisitor);
  const input = { productId: reviewed.id, rating: 5, body: `In use every day since the spring: ${handle}.` };
  const { submitReview } = await ask("submit_review", { input }, asCustomer);
  const { id, standing } = submitReview.review;
  if (standing.status === "PUBLISHED") return id;
  const decision = { reviewId: id, revisionNo: standing.revisionNo, version: standing.version, decision: "APPROVE" };
  const { moderateReview } = await ask("moderate_review", { input: decision }, asStaff);
  if (moderateReview.userErrors.length) throw new Error(JSON.stringify(moderateReview.userErrors));
  return id;
};

/**
 * Publishes reviews until one is told of. `subscribe(tell)` opens a subscription and calls `tell` with each review's id,
 * or with "any" where an event names none. When a subscription has begun is nothing that a client hears, so the first
 * review may be too early for it.
 */
export const heard = async (subscribe) => {
  const told = new Set();
  const close = subscribe((id) => told.add(id));
  for (const handle of ["theiere-galet", "mug-brume-lichen", "nappe-lisiere", "torchon-damier"]) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const id = await publish(handle);
    const isTold = () => told.has(id) || told.has("any");
    for (let waits = 0; waits < 50 && !isTold(); waits += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    if (isTold()) return close();
  }
  throw new Error("nothing was told of");
};
