// A review is sent; what comes back is put in front of the viewer's own.
import { graphql } from "react-relay";

export const mutation = graphql`
  mutation SubmitReviewMutation($input: SubmitReviewInput!, $key: String!) {
    submitReview(input: $input, idempotencyKey: $key) {
      review { id rating body standing { status version } }
      userErrors { code field message }
    }
  }
`;
