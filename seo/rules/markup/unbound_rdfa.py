"""SD-09: RDFa types without a vocabulary. JSON-LD and microdata are other rules'."""

from selectolax.lexbor import LexborNode

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.subject import Subject

# prefixes that need no declaration: https://www.w3.org/2011/rdfa-context/rdfa-1.1
_INITIAL = frozenset({"schema", "og", "foaf", "dc", "dcterms", "gr", "v", "ctag", "skos", "sioc", "owl", "rdf", "rdfs"})
_MOST = 20


def check(subject: Subject) -> Outcome:
    """Every typeof needs a vocab around it, an absolute address, or a known prefix. Evidence: each that has none."""
    typed = [node for node, told in subject.page.elements.marked if "typeof" in told]
    if not typed:
        return NOT_APPLICABLE
    places = subject.page.places
    loose = [node for node in typed if not _is_bound(node)][:_MOST]
    return failed_if(
        [Evidence(f"typeof={node.attributes.get('typeof')!r}", css_path=places.css_path(node)) for node in loose]
    )


def _is_bound(node: LexborNode) -> bool:
    names = (node.attributes.get("typeof") or "").split()
    prefixes = {name.partition(":")[0] for name in names}
    if all("://" in name for name in names) or prefixes <= _INITIAL:
        return True
    current: LexborNode | None = node
    while current is not None and current.is_element_node:
        if current.attributes.get("vocab") or _declared(current) & prefixes:
            return True
        current = current.parent
    return False


def _declared(node: LexborNode) -> set[str]:
    words = (node.attributes.get("prefix") or "").split()
    return {word.rstrip(":") for word in words if word.endswith(":")} | {
        name.partition(":")[2] for name in node.attributes if name.startswith("xmlns:")
    }


RULE = Rule(
    code="SD-09",
    id="unbound-rdfa",
    severity=Severity.INFO,
    title_pass="RDFa types name their vocabulary",
    title_fail="RDFa types name no vocabulary",
    why="A type without a vocabulary is a word that means nothing to a reader.",
    example='<div typeof="Product">',
    remedy='Add vocab="https://schema.org/" to the element or to one around it.',
    source="https://www.w3.org/TR/rdfa-primer/",
    check=check,
)
