// What a storefront does through Apollo Client: query, errors, mutation, pages.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { CombinedGraphQLErrors, gql } from "@apollo/client";
import { asCustomer, asVisitor, done, operation, product, url } from "../shop.mjs";
import { newClient } from "./client.mjs";

const visitor = newClient(url, asVisitor);
const customer = newClient(url, asCustomer);

const page = await visitor.query({ query: gql(operation("product_page")), variables: { handle: product } });
assert.ok(page.data.product.ratingSummary.count > 10);
assert.match(page.data.product.markup.jsonLd, /AggregateRating/);
done("query");

const wrong = await visitor.query({ query: gql`{ product(handle: "x") { colour } }`, errorPolicy: "all" });
assert.ok(CombinedGraphQLErrors.is(wrong.error));
assert.equal(wrong.error.errors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
const nobody = await newClient(url, {}).query({ query: gql(operation("product_list")), errorPolicy: "all" });
assert.equal(nobody.error.errors[0].extensions.code, "UNAUTHENTICATED");
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

visitor.stop();
customer.stop();
