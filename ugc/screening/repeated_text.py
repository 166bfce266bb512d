"""Whether the same words stand in another review, case, accents and punctuation aside. Near copies are not sought.

Source: on real shops' files, a text that recurs on sibling variants is nearly always the same person's, and a text of
two persons nearly never; short texts recur by chance.
"""

from ugc.screening.screen import PASS, Circumstances, ReviewText, Screen, ScreenCode, Verdict
from ugc.screening.wording import weight
from ugc.tables.reviews import ScreenOutcome

# below this, two people may well have found the same words
TELLING = 40


def look(text: ReviewText, circumstances: Circumstances) -> Verdict:
    """What the copies mean:

    - the author's own on a sibling of the product's family: a sibling copy, noted, kept out of sight and of counts;
    - the author's own elsewhere: withheld;
    - somebody else's, if long enough to tell: withheld.
    """
    own = [copy for copy in circumstances.copies if copy.same_author]
    if any(copy.same_family and not copy.same_product for copy in own):
        return Verdict(ScreenOutcome.NOTE, ScreenCode.SIBLING_COPY)
    if any(not copy.same_product for copy in own):
        return Verdict(ScreenOutcome.WITHHOLD, ScreenCode.REPEATED_BY_AUTHOR)
    if len(own) < len(circumstances.copies) and weight(text.body) >= TELLING:
        return Verdict(ScreenOutcome.WITHHOLD, ScreenCode.REPEATED_BY_OTHER)
    return PASS


SCREEN = Screen("repeated_text", "1", look)
