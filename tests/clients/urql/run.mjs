// What a storefront does through urql, with its own Accept header: query, errors, mutation, pages, documents by hash.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { customerToken, done, heard, operation, product, storefrontKey, url, watched } from "../shop.mjs";
import { newClient } from "./client.mjs";

const visitor = newClient({ url, storefrontKey });
const customer = newClient({ url, storefrontKey, token: customerToken });

const page = await visitor.query(operation("product_page"), { handle: product }).toPromise();
assert.equal(page.error, undefined);
assert.ok(page.data.product.ratingSummary.count > 10);
done("query");

const wrong = await visitor.query('{ product(handle: "x") { colour } }', {}).toPromise();
assert.equal(wrong.error.graphQLErrors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
const stranger = newClient({ url, storefrontKey, token: "not-a-token" });
const refusal = await stranger.query(operation("viewer"), {}).toPromise();
assert.equal(refusal.error.graphQLErrors[0].extensions.code, "UNAUTHENTICATED");
done("error");

const submit = (input, key) => customer.mutation(operation("submit_review"), { input, key }).toPromise();
const review = { productId: page.data.product.id, rating: 5, body: "It pours well and does not drip." };
const refused = await submit({ ...review, body: " " }, randomUUID());
assert.deepEqual(refused.data.submitReview.userErrors.map(({ code }) => code), ["BODY_MISSING"]);
done("user error");

const key = randomUUID();
const first = await submit(review, key);
const again = await submit(review, key);
assert.deepEqual(first.data.submitReview.userErrors, []);
assert.equal(again.data.submitReview.review.id, first.data.submitReview.review.id);
done("mutation");

const seen = new Set();
let after = null;
do {
  const { data } = await visitor.query(operation("product_reviews"), { handle: product, first: 5, after }).toPromise();
  data.product.reviews.edges.forEach(({ node }) => seen.add(node.id));
  after = data.product.reviews.pageInfo.hasNextPage ? data.product.reviews.pageInfo.endCursor : null;
} while (after);
assert.ok(seen.size >= page.data.product.ratingSummary.count);
done("pages");

const { fetch, requests } = watched();
// a text that nobody has sent yet
const named = `query ByHash${key.slice(0, 8)}($handle: String!) { product(handle: $handle) { id name } }`;
await newClient({ url, storefrontKey, fetch }).query(named, { handle: product }).toPromise();
const kept = await newClient({ url, storefrontKey, fetch }).query(named, { handle: product }).toPromise();
assert.equal(kept.data.product.id, page.data.product.id);
assert.deepEqual(requests.map(({ method, status }) => [method, status]), [["GET", 404], ["GET", 200], ["GET", 200]]);
assert.ok(!requests[2].address.includes("query="));
assert.match(requests[2].cacheControl, /^public, max-age=/);
done("persisted query");

const parts = await new Promise((resolve) => {
  const results = [];
  const query = visitor.query(operation("product_page_deferred"), { handle: product });
  query.subscribe((result) => {
    results.push([result.hasNext, result.data?.product?.markup !== undefined, result.error?.message]);
    if (!result.hasNext) resolve(results);
  });
});
assert.deepEqual(parts, [[true, false, undefined], [false, true, undefined]]);
done("deferred");

await heard((tell) => {
  const { unsubscribe } = visitor
    .subscription(operation("review_published"), {})
    .subscribe(({ data }) => tell(data.reviewPublished.review.id));
  return unsubscribe;
});
done("subscription");
