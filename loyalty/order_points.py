"""What an order is worth in points, exactly. Pure; what it has earned so far and what moves is loyalty.orders'."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from loyalty import amounts, earning
from loyalty.earning.occasion import Occasion
from loyalty.tables import EarningRule, RefundMethod, Rounding
from shop.facts import OrderFact
from shop.tables import OrderState

# a cap trims, it never rejects: far above any real order, far below what a balance can hold
MAX_ORDER_POINTS = 10**12


@dataclass(frozen=True, slots=True)
class Terms:
    """How an order is valued: the rules' versions, multiplier, rate and rounding it had when first paid."""

    rules: Sequence[EarningRule]
    multiplier_basis_points: int
    rate_micros: int | None
    rounding: Rounding
    refund_method: RefundMethod


@dataclass(frozen=True, slots=True)
class Worth:
    """Whole points, and how they split over the rules' versions (id, points)."""

    points: int
    by_rule: Sequence[tuple[int, int]]


def worth(order: OrderFact, terms: Terms, *, refunds: Collection[int]) -> Worth:
    """The points of the order less these refunds, by the program's method; none unless it is paid."""
    if terms.refund_method is RefundMethod.RECOMPUTE or not refunds:
        return _recomputed(order, terms, refunds=refunds)
    full = _recomputed(order, terms, refunds=())
    goods = sum(line.total_minor for line in order.lines)
    # cut over all refunds together, so that many small ones take no more than one large one
    gone = full.points * sum(_refunded(order, refunds).values()) // goods if goods > 0 else 0
    kept = full.points - gone
    parts = amounts.split(kept, [Fraction(part) for _, part in full.by_rule])
    return Worth(kept, [(rule, part) for (rule, _), part in zip(full.by_rule, parts, strict=True)])


def _recomputed(order: OrderFact, terms: Terms, *, refunds: Collection[int]) -> Worth:
    """The points of what is left of the order.

    The exact sum of the rules' points is rounded once; largest remainder splits it back over the rules.
    """
    occasion = Occasion(
        amount_minor=counted_minor(order, refunds=refunds, rate_micros=terms.rate_micros),
        multiplier=amounts.multiplier(terms.multiplier_basis_points),
    )
    exact = [earning.of(rule.kind).points(rule, occasion) for rule in terms.rules]
    points = min(amounts.whole(sum(exact, Fraction(0)), terms.rounding), MAX_ORDER_POINTS)
    return Worth(points, list(zip((rule.id for rule in terms.rules), amounts.split(points, exact), strict=True)))


def counted_minor(order: OrderFact, *, refunds: Collection[int], rate_micros: int | None) -> Fraction:
    """The money that counts: item lines less these refunds, less their share of what was paid with points.

    In the program's minor units. Shipping is left aside. Points paid are spread over all lines in proportion, so a
    return gives back money and points alike. 0 unless the order is paid.
    """
    goods = sum(line.total_minor for line in order.lines)
    if order.state is not OrderState.PAID or goods <= 0:
        return Fraction(0)
    kept = goods - sum(_refunded(order, refunds).values())
    paid_with_points = Fraction(min(order.points_paid_minor, goods), goods)
    return amounts.converted(kept * (1 - paid_with_points), rate_micros)


def returned_share(order: OrderFact) -> Fraction:
    """How much of the item lines came back, 0 to 1; 1 for a cancelled order, 0 for one that waits for its payment."""
    if order.state is OrderState.CANCELLED:
        return Fraction(1)
    goods = sum(line.total_minor for line in order.lines)
    return Fraction(sum(line.refunded_minor for line in order.lines), goods) if goods > 0 else Fraction(0)


def _refunded(order: OrderFact, refunds: Collection[int]) -> Counter[str]:
    refunded: Counter[str] = Counter()
    for refund in order.refunds:
        if refund.id in refunds:
            refunded.update({line.line_external_id: line.amount_minor for line in refund.lines})
    return refunded
