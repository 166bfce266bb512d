// What a storefront does through Apollo Client: query, errors, mutation, pages, documents by hash, parts, subscription.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { CombinedGraphQLErrors, gql } from "@apollo/client";
import { customerToken, done, heard, operation, product, storefrontKey, url, watched } from "../shop.mjs";
import { newClient } from "./client.mjs";

const visitor = newClient({ url, storefrontKey });
const customer = newClient({ url, storefrontKey, token: customerToken });

const page = await visitor.query({ query: gql(operation("product_page")), variables: { handle: product } });
assert.ok(page.data.product.ratingSummary.count > 10);
assert.match(page.data.product.markup.jsonLd, /AggregateRating/);
done("query");

const wrong = await visitor.query({ query: gql`{ product(handle: "x") { colour } }`, errorPolicy: "all" });
assert.ok(CombinedGraphQLErrors.is(wrong.error));
assert.equal(wrong.error.errors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
const stranger = newClient({ url, storefrontKey, token: "not-a-token" });
const refusal = await stranger.query({ query: gql(operation("viewer")), errorPolicy: "all" });
assert.equal(refusal.error.errors[0].extensions.code, "UNAUTHENTICATED");
done("error");

const submit = (input, key) =>
  customer.mutate({ mutation: gql(operation("submit_review")), variables: { input, key } });
const review = { productId: page.data.product.id, rating: 4, body: "Holds its warmth all through the morning." };
const refused = await submit({ ...review, rating: 9 }, randomUUID());
assert.deepEqual(refused.data.submitReview.userErrors.map(({ code }) => code), ["RATING_OUT_OF_RANGE"]);
assert.equal(refused.data.submitReview.review, null);
done("user error");

const key = randomUUID();
const first = await submit(review, key);
const again = await submit(review, key);
assert.deepEqual(first.data.submitReview.userErrors, []);
assert.equal(again.data.submitReview.review.id, first.data.submitReview.review.id);
done("mutation");

const reviews = gql(operation("product_reviews"));
const whole = await visitor.query({ query: reviews, variables: { handle: product, first: 100, sort: "OLDEST" } });
const paged = visitor.watchQuery({ query: reviews, variables: { handle: product, first: 4 } });
let read = await paged.refetch();
let pages = 1;
for (; read.data.product.reviews.pageInfo.hasNextPage; pages += 1) {
  await paged.fetchMore({ variables: { after: paged.getCurrentResult().data.product.reviews.pageInfo.endCursor } });
  read = paged.getCurrentResult();
}
const ids = (answer) => answer.data.product.reviews.edges.map(({ node }) => node.id);
assert.deepEqual(ids(read), ids(whole).reverse());
assert.equal(pages, Math.ceil(ids(whole).length / 4));
done("pages");

const { fetch, requests } = watched();
// a text that nobody has sent yet
const byHash = gql(`query ByHash${key.slice(0, 8)}($handle: String!) { product(handle: $handle) { id name } }`);
const named = { query: byHash, variables: { handle: product } };
await newClient({ url, storefrontKey, fetch }).query(named);
await newClient({ url, storefrontKey, fetch }).query(named);
assert.deepEqual(requests.map(({ method, status }) => [method, status]), [["GET", 404], ["POST", 200], ["GET", 200]]);
assert.match(requests[2].cacheControl, /^public, max-age=/);
assert.ok(!requests[2].address.includes("query="));
done("persisted query");

const states = await new Promise((resolve, reject) => {
  const seen = [];
  newClient({ url, storefrontKey })
    .watchQuery({ query: gql(operation("product_page_deferred")), variables: { handle: product } }).subscribe({
    next: ({ data, dataState }) => {
      seen.push([dataState, data?.product?.markup !== undefined]);
      if (dataState === "complete") resolve(seen);
    },
    error: reject,
  });
});
assert.deepEqual(states.slice(-2), [["streaming", false], ["complete", true]]);
done("deferred");

await heard((tell) => {
  const subscription = visitor
    .subscribe({ query: gql(operation("review_published")) })
    .subscribe(({ data }) => tell(data.reviewPublished.review.id));
  return () => subscription.unsubscribe();
});
done("subscription");

process.exit(0);
