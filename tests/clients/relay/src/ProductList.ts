// The list of products: a connection on the root, which is asked for again from the root.
import { graphql } from "react-relay";

export const list = graphql`
  fragment ProductList_query on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 6 }, cursor: { type: "String" })
  @refetchable(queryName: "ProductListQuery") {
    products(first: $count, after: $cursor) @connection(key: "ProductList_products") {
      edges { node { id handle name } }
    }
  }
`;

export const again = graphql`
  query ProductListAgainQuery($id: ID!) {
    node(id: $id) {
      __typename
      ...ProductPageStars_product @alias
    }
  }
`;
