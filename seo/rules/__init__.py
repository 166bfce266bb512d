"""All rules of the check, in the order of the catalogue. Each is a file in one of the folders; the shape is
rule.py's.
"""

from seo.rules.directives import conflicting_canonicals, missing_canonical, noindex
from seo.rules.fetch import page_not_ok
from seo.rules.links import unqualified_review_link
from seo.rules.markup import broken_json_ld, untyped_json_ld
from seo.rules.rating import (
    conflicting_aggregates,
    count_differs_from_reviews,
    invalid_rating_count,
    invalid_rating_value,
    invalid_review_author,
    rating_differs_from_reviews,
    rating_out_of_range,
    rating_value_with_text,
    reviews_without_aggregate,
)
from seo.rules.reviews import (
    leaked_review,
    review_in_inert_markup,
    review_not_in_html,
    review_only_in_iframe,
    review_only_on_later_page,
)
from seo.rules.robots import page_disallowed, robots_file_unreachable
from seo.rules.rule import Rule
from seo.rules.social import missing_open_graph, missing_twitter_card, relative_share_image

RULES: tuple[Rule, ...] = (
    page_not_ok.RULE,
    page_disallowed.RULE,
    robots_file_unreachable.RULE,
    noindex.RULE,
    missing_canonical.RULE,
    conflicting_canonicals.RULE,
    review_not_in_html.RULE,
    review_only_in_iframe.RULE,
    review_in_inert_markup.RULE,
    review_only_on_later_page.RULE,
    leaked_review.RULE,
    broken_json_ld.RULE,
    untyped_json_ld.RULE,
    invalid_rating_value.RULE,
    rating_value_with_text.RULE,
    rating_out_of_range.RULE,
    invalid_rating_count.RULE,
    invalid_review_author.RULE,
    reviews_without_aggregate.RULE,
    conflicting_aggregates.RULE,
    rating_differs_from_reviews.RULE,
    count_differs_from_reviews.RULE,
    missing_open_graph.RULE,
    relative_share_image.RULE,
    missing_twitter_card.RULE,
    unqualified_review_link.RULE,
)
BY_CODE = {rule.code: rule for rule in RULES}
