// A product page in fragments: its reviews are a connection that is paged, and one that can be asked for again.
import { graphql } from "react-relay";

export const query = graphql`
  query ProductPageQuery($handle: String!) {
    product(handle: $handle) {
      id
      name
      ...ProductPageStars_product
      ...ProductPageReviews_product
    }
  }
`;

export const stars = graphql`
  fragment ProductPageStars_product on Product {
    ratingSummary { count meanTenths }
    price { amountMinor currencyCode }
  }
`;

export const reviews = graphql`
  fragment ProductPageReviews_product on Product
  @argumentDefinitions(count: { type: "Int", defaultValue: 5 }, cursor: { type: "String" })
  @refetchable(queryName: "ProductPageReviewsQuery") {
    reviews(first: $count, after: $cursor) @connection(key: "ProductPageReviews_reviews") {
      edges { node { id rating title body publishedAt author { displayName } } }
    }
  }
`;
