// The contract's rules of @graphql-eslint: what it recommends for schemas and for Relay, but what is rejected here.
import graphql from "@graphql-eslint/eslint-plugin";

// Parts of another object, or of an answer: they have no life and so no id of their own.
const parts = [
  "EnrolmentOutcome",
  "BalanceChange",
  "BrokenRule",
  "Consent",
  "CoverageDay",
  "CustomerTokenTerms",
  "Eligibility",
  "HeldEntitlement",
  "IllustrativeSetting",
  "ModerationDecision",
  "ModerationQueueChange",
  "ModerationQueueItem",
  "Money",
  "OrderLine",
  "PageCheckChange",
  "PageEvidence",
  "PageFinding",
  "PageInfo",
  "PaymentMethod",
  "PhotoRendition",
  "PlanEntitlement",
  "PointsBalance",
  "PointsExpiry",
  "ProductCoverage",
  "ProductMarkup",
  "ProgramExplainer",
  "ProgramPreset",
  "RatingBucket",
  "RatingSummary",
  "ReferralDecision",
  "ReferralSignal",
  "ReferralTerms",
  "RefundLine",
  "ReviewAuthor",
  "ReviewCase",
  "ReviewClassCount",
  "ReviewCoverage",
  "ReviewIndexing",
  "ReviewList",
  "ReviewPublication",
  "ReviewRevision",
  "ReviewStanding",
  "RulePoints",
  "ScreenVerdict",
  "ShopCoverage",
  "StatusCount",
  "TextSpan",
  "TierChange",
  "TierHeadcount",
  "TierLack",
  "TierPreview",
  "TierPreviewMove",
  "TierProgress",
  "Upload",
  "Viewer",
  "WebhookAttempt",
  "WebhookSecret",
];

export default [
  {
    files: ["**/*.graphql"],
    plugins: { "@graphql-eslint": graphql },
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: "schema.graphql" } },
    },
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      "@graphql-eslint/no-scalar-result-type-on-mutation": "error",
      "@graphql-eslint/require-deprecation-date": "error",
      "@graphql-eslint/require-nullable-fields-with-oneof": "error",
      "@graphql-eslint/require-type-pattern-with-oneof": "error",
      // Pages are read forwards only, by `first` and `after`.
      "@graphql-eslint/relay-arguments": ["error", { includeBoth: false }],
      // A list of plain values is a list; and a queue's item is no Node: one review may wait with two revisions.
      "@graphql-eslint/relay-edge-types": [
        "error",
        { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false },
      ],
      "@graphql-eslint/strict-id-in-types": [
        "error",
        { exceptions: { types: parts, suffixes: ["Connection", "Edge", "Event", "Payload", "Error"] } },
      ],
      // Rejected, of all that there are:
      // - alphabetize: the contract is printed sorted.
      // - input-name: it wants type names that start with a small letter.
      // - require-nullable-result-in-root: a payload is never null, its thing is.
      // - require-field-of-type-query-in-mutation-result: a payload has the thing that changed.
      // - no-root-type: it is for schemas without mutations or subscriptions.
    },
  },
];
