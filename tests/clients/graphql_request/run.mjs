// What a storefront's server does through graphql-request: query, errors, mutation, pages, persisted query.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { ClientError } from "graphql-request";
import { asCustomer, asVisitor, done, newOperation, operation, product, url, watched } from "../shop.mjs";
import { newClient } from "./client.mjs";
import { newPersistingClient } from "./persisting.mjs";

const visitor = newClient(url, asVisitor);
const customer = newClient(url, asCustomer);
const failure = (request) => request.then(() => assert.fail("it answered"), (error) => error);

const page = await visitor.request(operation("product_page"), { handle: product });
assert.ok(page.product.ratingSummary.count > 10);
done("query");

const wrong = await failure(visitor.request('{ product(handle: "x") { colour } }'));
assert.ok(wrong instanceof ClientError);
assert.equal(wrong.response.status, 400);
assert.equal(wrong.response.errors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
const nobody = await failure(newClient(url, {}).request(operation("product_list")));
assert.equal(nobody.response.errors[0].extensions.code, "UNAUTHENTICATED");
done("error");

const review = { productId: page.product.id, rating: 3, body: "Smaller than I thought, and well made." };
const refused = await customer.request(operation("submit_review"), { input: { ...review, rating: 0 } });
assert.deepEqual(refused.submitReview.userErrors[0].field, ["rating"]);
done("user error");

const variables = { input: review, key: randomUUID() };
const first = await customer.request(operation("submit_review"), variables);
const again = await customer.request(operation("submit_review"), variables);
assert.deepEqual(first.submitReview.userErrors, []);
assert.equal(again.submitReview.review.id, first.submitReview.review.id);
done("mutation");

const seen = [];
for (let after = null, more = true; more; ) {
  const { products } = await visitor.request(operation("product_list"), { first: 5, after });
  seen.push(...products.nodes.map(({ handle }) => handle));
  after = products.pageInfo.endCursor;
  more = products.pageInfo.hasNextPage;
}
assert.equal(new Set(seen).size, seen.length);
assert.ok(seen.length >= 12);
done("pages");

const text = newOperation("product_list");
const persisting = newPersistingClient(url, asVisitor);
const { fetch: watching, requests } = watched();
globalThis.fetch = watching;
for (let times = 0; times < 2; times += 1) {
  const { products } = await persisting.request(text, { first: 3 });
  assert.equal(products.nodes.length, 3);
}
// asked by its hash, taught, and from then on asked by its hash alone
assert.deepEqual(requests.map(({ status }) => status), [404, 200, 200]);
done("persisted query");
