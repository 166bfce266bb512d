// What a storefront does through urql, with its own Accept header: query, errors, mutation, pages.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { asCustomer, asVisitor, done, operation, product, url } from "../shop.mjs";
import { newClient } from "./client.mjs";

const visitor = newClient(url, asVisitor);
const customer = newClient(url, asCustomer);

const page = await visitor.query(operation("product_page"), { handle: product }).toPromise();
assert.equal(page.error, undefined);
assert.ok(page.data.product.ratingSummary.count > 10);
done("query");

const wrong = await visitor.query('{ product(handle: "x") { colour } }', {}).toPromise();
assert.equal(wrong.error.graphQLErrors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
const nobody = await newClient(url, {}).query(operation("product_list"), {}).toPromise();
assert.equal(nobody.error.graphQLErrors[0].extensions.code, "UNAUTHENTICATED");
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
