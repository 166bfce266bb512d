// What a storefront does through graphql-ws: query, errors, mutation, pages, persisted query, subscription.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import {
  asVisitor, ask, customerToken, done, heard, named, newOperation, operation, product, storefrontKey, url,
} from "../shop.mjs";
import { newClient } from "./client.mjs";

const visitor = newClient({ url, storefrontKey });
const customer = newClient({ url, storefrontKey, token: customerToken });

/** The one answer to a query or a mutation. */
const once = async (client, query, variables) => {
  const answers = client.iterate({ query, variables });
  const { value } = await answers.next();
  return value;
};

const page = await once(visitor, operation("product_page"), { handle: product });
assert.ok(page.data.product.ratingSummary.count > 10);
done("query");

const stranger = newClient({ url, storefrontKey, token: "not-a-token", retryAttempts: 0 });
await assert.rejects(once(stranger, operation("viewer")), ({ code }) => code === 4403);
done("error");

const submit = (input, key) => once(customer, operation("submit_review"), { input, key });
const review = { productId: page.data.product.id, rating: 5, body: "Stacks well, and the saucer fits two sizes." };
const refused = await submit({ ...review, rating: -1 }, randomUUID());
assert.deepEqual(refused.data.submitReview.userErrors.map(({ code }) => code), ["RATING_OUT_OF_RANGE"]);
done("user error");

const key = randomUUID();
const first = await submit(review, key);
const again = await submit(review, key);
assert.deepEqual(first.data.submitReview.userErrors, []);
assert.equal(again.data.submitReview.review.id, first.data.submitReview.review.id);
done("mutation");

const seen = [];
for (let after = null, more = true; more; ) {
  const { data } = await once(visitor, operation("product_list"), { first: 8, after });
  seen.push(...data.products.nodes.map(({ handle }) => handle));
  after = data.products.pageInfo.endCursor;
  more = data.products.pageInfo.hasNextPage;
}
assert.ok(seen.length >= 12);
assert.equal(new Set(seen).size, seen.length);
done("pages");

const text = newOperation("product_list");
const byName = () => visitor.iterate({ query: "", variables: { first: 3 }, extensions: named(text) }).next();
await assert.rejects(byName(), ([error]) => error.extensions.code === "PERSISTED_QUERY_NOT_FOUND");
await visitor.iterate({ query: text, variables: { first: 3 }, extensions: named(text) }).next();
const { value: found } = await byName();
assert.equal(found.data.products.nodes.length, 3);
done("persisted query");

const { programs } = await ask("programs", {}, asVisitor);
const [{ id: programId, termsVersion }] = programs.nodes;
await once(customer, operation("join_program"), { input: { programId, termsVersion } });
await heard((tell) =>
  customer.subscribe(
    { query: operation("balance_changed") },
    { next: ({ data }) => data.balanceChanged.entry && tell("any"), error: console.error, complete: () => {} },
  ),
);
done("subscription");

await Promise.all([visitor.dispose(), customer.dispose(), stranger.dispose()]);
