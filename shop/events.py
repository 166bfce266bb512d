"""What happens in the shop that others react to. Who reacts is worker.reactions'."""

from core.outbox import EventName


class ShopEvent(EventName):
    """Names of the shop's events.

    Of an order, aggregate ("Order", id), payload orderId, customerId (may be empty), storefrontId:
    - ORDER_PAID: it became paid, at its first telling or later. It is what earns.
    - ORDER_CHANGED: a paid order has a later version that is paid as well.
    - ORDER_CANCELLED: a paid order is no longer paid.
    - ORDER_REFUNDED: a paid order has a refund (payload: refundId too). A refund told before the payment is announced
      right after ORDER_PAID, so that a reader meets payment, then refund, whatever came first.

    Of a product, aggregate ("Product", id), payload productId: PRODUCT_CHANGED, its pages show something new
    (also `isNew`, 1 when it or its handle is: lists of products change then).
    """

    ORDER_PAID = "OrderPaid"
    ORDER_CHANGED = "OrderChanged"
    ORDER_CANCELLED = "OrderCancelled"
    ORDER_REFUNDED = "OrderRefunded"
    PRODUCT_CHANGED = "ProductChanged"
