// A program over the generated types. It is compiled with all strictness, then run.
import { GraphQLClient } from "graphql-request";
import { ProductPageDocument, SubmitReviewDocument } from "./gql/graphql.js";

declare const process: { env: Record<string, string> };

const told = process.env;
const storefront = { "Fidelio-Storefront-Key": told.FIDELIO_STOREFRONT_KEY! };
const visitor = new GraphQLClient(`${told.FIDELIO_URL}/graphql`, { headers: storefront });
const customer = new GraphQLClient(`${told.FIDELIO_URL}/graphql`, {
  headers: { ...storefront, Authorization: `Bearer ${told.FIDELIO_CUSTOMER_TOKEN}` },
});

const { product } = await visitor.request(ProductPageDocument, { handle: told.FIDELIO_PRODUCT! });
if (!product) throw new Error("there is no such product");
const amount: number | undefined = product.price?.amountMinor;
const currency: string | undefined = product.price?.currencyCode;
const published: Array<string | null> = product.reviews.nodes.map((review) => review.publishedAt ?? null);
console.log(`price ${typeof amount} ${typeof currency}, ${published.length} reviews`);

// @ts-expect-error the variables are typed: there is no product without a handle
const untyped = (): unknown => visitor.request(ProductPageDocument, {});
// @ts-expect-error so are the answers: nobody asked for this field
const unasked = (): unknown => product.brand;

const { submitReview } = await customer.request(SubmitReviewDocument, {
  input: { productId: product.id, rating: 6, body: "Six would be too many." },
});
for (const error of submitReview.userErrors) {
  const code: "RATING_OUT_OF_RANGE" | string = error.code;
  console.log(code, error.field?.join("."));
}
