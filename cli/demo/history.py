"""The demo's eighteen months as acts on a timeline: joining, buying, returning, redeeming, introducing friends.

What people write, and who decides about it, is cli.demo.opinions'.
"""

from datetime import datetime, time

from sqlmodel import Session

from cli.demo import program, seed
from cli.demo.catalogue import Catalogue
from cli.demo.circle import Circle, Introduction, Member, Use
from cli.demo.dates import days_back
from cli.demo.outcome import done
from cli.demo.records import Bought, Refunded, Shop
from cli.demo.timeline import Act, Timeline
from loyalty import memberships, programs, referrals, rewards
from loyalty.memberships import JoinDraft
from loyalty.queries import catalogue
from shop import orders
from shop.drafts import CustomerKeys, LineDraft, OrderDraft, RefundDraft, RefundLineDraft
from shop.refunds import record_refund
from shop.tables import OrderState

# after the hour at which members join, before the first orders of a day
_INTRODUCTION = time(6, 45)
_CONSENT_SOURCE = "storefront"


class History:
    """Adds the shop's past to a timeline. `program_id` is known once its first act has run."""

    def __init__(self, timeline: Timeline, shop: Shop, known: Catalogue) -> None:
        self._timeline = timeline
        self._known = known
        self._zones = {front.handle: front.time_zone for front in shop.storefronts}
        self._people = {person.id: person for person in seed.people()}
        self._codes: dict[str, str] = {}
        self._rewards: dict[str, int] = {}
        self._program_id = 0

    def add_circle(self, circle: Circle) -> None:
        """The program, who joined it, whom they brought and what they took."""
        self._timeline.add(circle.program.opens_at, self._opening(circle))
        for member in circle.members:
            self._timeline.add(
                self._instant(member.customer, member.joined_days_ago, member.joined_time), self._joining(member)
            )
        for friend in circle.referrals:
            self._timeline.add(
                self._instant(friend.advocate, friend.invited_days_ago, _INTRODUCTION), self._inviting(friend)
            )
            self._timeline.add(
                self._instant(friend.friend, friend.accepted_days_ago, _INTRODUCTION), self._accepting(friend)
            )
        for use in circle.redemptions:
            self._timeline.add(self._instant(use.member, use.days_ago, use.time), self._redeeming(use))

    def add_orders(self, bought: list[Bought]) -> None:
        """Orders and their refunds."""
        for order in bought:
            at = order.instant(self._zones[order.storefront])
            self._timeline.add(at, self._buying(order, at))
            for refund in order.refunds:
                refunded_at = refund.instant(self._zones[order.storefront])
                self._timeline.add(refunded_at, self._returning(order, refund, refunded_at))

    def _instant(self, customer: str, days_ago: int, at: time) -> datetime:
        return days_back(days_ago, at, self._zones[self._people[customer].storefront])

    def _opening(self, circle: Circle) -> Act:
        def act(session: Session) -> None:
            self._program_id = done(programs.create(session, program.draft(circle, self._known.products)))
            offered = catalogue.rewards(session, [self._program_id])[self._program_id]
            ids_by_name = {reward.name: reward.id for reward in offered}
            self._rewards = {offer.handle: ids_by_name[program.name(offer.name)] for offer in circle.rewards}

        return act

    def _joining(self, member: Member) -> Act:
        def act(session: Session) -> None:
            customer_id = self._known.customers[member.customer]
            done(
                memberships.join(
                    session, JoinDraft(self._program_id, customer_id, program.TERMS_VERSION, _CONSENT_SOURCE)
                )
            )

        return act

    def _inviting(self, friend: Introduction) -> Act:
        def act(session: Session) -> None:
            customer_id = self._known.customers[friend.advocate]
            code = done(referrals.create_code(session, customer_id=customer_id, program_id=self._program_id))
            self._codes[friend.advocate] = code

        return act

    def _accepting(self, friend: Introduction) -> Act:
        def act(session: Session) -> None:
            customer_id = self._known.customers[friend.friend]
            done(referrals.accept(session, customer_id=customer_id, code=self._codes[friend.advocate]))

        return act

    def _redeeming(self, use: Use) -> Act:
        def act(session: Session) -> None:
            customer_id = self._known.customers[use.member]
            done(rewards.redeem(session, customer_id=customer_id, reward_id=self._rewards[use.reward]))

        return act

    def _buying(self, order: Bought, at: datetime) -> Act:
        lines = tuple(
            LineDraft(
                external_id=line.id,
                title=line.product,
                quantity=line.quantity,
                total_minor=line.quantity * line.unit_price_minor,
                product_external_id=line.product,
            )
            for line in order.lines
        )
        draft = OrderDraft(
            storefront_id=self._known.storefronts[order.storefront],
            external_id=order.id,
            state=OrderState.PAID,
            currency=order.currency,
            lines=lines,
            placed_at=at,
            updated_at=at,
            customer=CustomerKeys(external_id=order.customer),
            shipping_minor=order.shipping_minor,
        )

        def act(session: Session) -> None:
            done(orders.record(session, draft))

        return act

    def _returning(self, order: Bought, refund: Refunded, at: datetime) -> Act:
        lines = tuple(
            RefundLineDraft(line_external_id=back.line, quantity=back.quantity, amount_minor=back.amount_minor)
            for back in refund.lines
        )
        draft = RefundDraft(
            storefront_id=self._known.storefronts[order.storefront],
            external_id=refund.id,
            order_external_id=order.id,
            refunded_at=at,
            lines=lines,
        )

        def act(session: Session) -> None:
            done(record_refund(session, draft))

        return act
