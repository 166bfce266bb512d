"""Who reacts to what: all wiring of events, on one screen. How reactions are run is worker.runner's."""

from loyalty import reactions as loyalty
from loyalty.events import LoyaltyEvent
from publishing.outward import telling
from publishing.outward.events import BY_SOURCE
from shop.events import ShopEvent
from ugc.events import ReviewEvent
from worker.runner import Reactions

# event -> (the reaction's name, which is kept for good, and the function), in the order they run
_INSIDE: Reactions = {
    ShopEvent.ORDER_PAID: (("loyalty.order_paid", loyalty.order_paid),),
    ShopEvent.ORDER_CHANGED: (("loyalty.order_changed", loyalty.order_changed),),
    ShopEvent.ORDER_REFUNDED: (("loyalty.order_refunded", loyalty.order_refunded),),
    ShopEvent.ORDER_CANCELLED: (("loyalty.order_cancelled", loyalty.order_cancelled),),
    LoyaltyEvent.POINTS_MOVED: (("loyalty.points_moved", loyalty.points_moved),),
    ReviewEvent.PUBLISHED: (("loyalty.review_published", loyalty.review_published),),
    # told whenever something public is no more: rejected, withdrawn, or its approval undone
    ReviewEvent.UNPUBLISHED: (("loyalty.review_left_public", loyalty.review_left_public),),
}
# every event that publishing.outward.events lists is owed to the webhook endpoints that subscribe to it
_OUTSIDE: Reactions = dict.fromkeys(BY_SOURCE, (("webhooks.fan_out", telling.fan_out),))

REACTIONS: Reactions = {name: (*_INSIDE.get(name, ()), *_OUTSIDE.get(name, ())) for name in {**_INSIDE, **_OUTSIDE}}
