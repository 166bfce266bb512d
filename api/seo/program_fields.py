"""Program.jsonLd: what the shop's page about its program says to machines. What may be claimed is publishing's."""

from typing import Annotated, cast

import strawberry

from api.context import Info
from api.errors import bad_input
from api.fields import field
from api.loyalty.loaders import rules_by_program, tiers_by_program
from api.scalars import URL
from loyalty import tables
from publishing.member_programs import shop_facts
from seo.markup import loyalty


@strawberry.type
class MarkedUpProgram:
    """The part of Program that is written for machines."""

    @field(shared=True)
    async def json_ld(
        self,
        info: Info,
        url: Annotated[URL, strawberry.argument(description="The shop's page that explains the program.")],
    ) -> str:
        """The <script> of schema.org MemberProgram for the shop's page at `url`; empty when nothing may be claimed."""
        site = info.context.storefront
        if site is None:
            raise bad_input("Send the key of the storefront whose page it is.")
        program = cast("tables.Program", self)
        rules = await info.context.load(rules_by_program, program.id) or ()
        tiers = await info.context.load(tiers_by_program, program.id) or ()
        facts = shop_facts(site, origin=site.origin, url=str(url), program=program, rules=rules, tiers=tiers)
        return loyalty.script(facts)
