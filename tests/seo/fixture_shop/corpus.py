"""Reviews of a made-up teapot, many and much alike: what a checker can mistake for one another. How a page carries them
is modes.py's.

Drawn from a seed, so that every run asks the same. Sentences are shared between reviews on purpose.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from seo.truth import GoneText, PublishedReview, Truth

_ENGLISH = (
    "It pours without a drop beside the cup.", "The lid closes well and never rattles.",
    "It keeps the tea warm for an hour.", "The glaze is even and the colour is that of the picture.",
    "The handle stays cool even when the pot is full.", "The strainer catches the finest leaves.",
    "It came well packed and on the day that was promised.",
    "We use it every single morning and it still looks new.", "It is a little smaller than I had thought.",
    "The spout is easy to clean with a small brush.", "My guests always ask where I have found it.",
    "For two people it holds exactly the right amount.", "I would buy it again without thinking twice.",
    "One of the four feet is slightly shorter than the others.", "The box can be used again as a present.",
    "It is heavier than it looks, which I like.", "After three weeks in the dishwasher nothing has faded.",
    "The shop answered my question within an hour.",
)  # fmt: skip
_FRENCH = (
    "Elle verse sans la moindre goutte à côté de la tasse.", "Le couvercle ferme bien et ne bouge pas.",
    "Le thé reste chaud pendant une bonne heure.", "L’émail est régulier et la couleur est celle de la photo.",
    "L’anse reste froide même quand elle est pleine.", "Le filtre retient les feuilles les plus fines.",
    "Elle est arrivée bien emballée et le jour promis.", "Nous nous en servons chaque matin depuis un mois.",
    "Elle est un peu plus petite que je ne le pensais.", "Je la rachèterais sans hésiter une seconde.",
    "Mes invités me demandent toujours où je l’ai trouvée.", "Le service client a répondu en moins d’une heure.",
)  # fmt: skip
_CHINESE = (
    "茶壶做工精细，倒水顺畅不滴漏。", "盖子很紧，不会晃动。", "保温效果很好，一个小时后还是热的。",
    "釉色均匀，和照片上一样漂亮。", "把手不烫，拿起来很舒服。", "滤网很细，茶叶不会跑出来。",
    "包装很好，按时送到了。", "每天早上都用，到现在还像新的一样。", "比我想象的小一点，两个人用刚刚好。",
    "朋友来家里都问我在哪里买的。", "下次还会再来买一个送给妈妈。",
)  # fmt: skip
_SHORT = ("Top !", "Very good.", "Love it", "Parfait", "很好", "Très beau produit", "Great value for money", "非常满意")
_EMOJI = ("🍵", "😍😍", "👍🏽", "⭐️⭐️⭐️", "👩‍🍳")
_NAMES = (
    "Anne", "Bruno", "Chloé", "David", "Élodie", "Farid", "Grace", "Hélène", "Ismaël", "Jeanne", "Kenji", "Léa",
    "Marius", "Nadia", "Oscar", "Paula", "Quentin", "Rosa", "Sofia", "Théo", "Ursula", "Victor", "Wanda", "Xavier",
    "Yasmine", "Zoé",
)  # fmt: skip
_FIRST_DAY = datetime(2024, 1, 3, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Corpus:
    """A product's reviews: those that a page shows, and those that it does not have, near twins of shown ones too.

    - `edited`: the former text of a shown review, by its id. `gone`: texts that must be nowhere.
    """

    shown: tuple[PublishedReview, ...]
    missing: tuple[PublishedReview, ...]
    edited: dict[str, str]
    gone: tuple[GoneText, ...]

    @property
    def truth(self) -> Truth:
        """What the shop knows: shown and missing ones alike, in one order that tells nothing."""
        everyone = tuple(sorted((*self.shown, *self.missing), key=lambda review: review.id))
        mean = sum(review.rating or 0 for review in everyone) / len(everyone)
        return Truth("Brume teapot", "", everyone, f"{mean:.1f}", len(everyone), len(everyone), self.gone)


def corpus(count: int, *, seed: int = 7) -> Corpus:
    """About `count` reviews, three quarters shown: a sixth Chinese, an eighth short, an eighth near twins."""
    random = Random(seed)  # noqa: S311 - reviews, not secrets
    reviews: list[PublishedReview] = []
    texts: set[str] = set()
    while len(reviews) < count:
        drafted = _draft(len(reviews), random)
        pair = _twins(drafted, random) if len(reviews) % 8 == 3 else (drafted,)
        fresh = [review for review in pair if review.text not in texts or len(review.text) < 30]
        texts.update(review.text for review in fresh)
        reviews += fresh
    numbered = [replace(review, id=f"r{number:04}", author=_author(number)) for number, review in enumerate(reviews)]
    missing = {review.id for number, review in enumerate(numbered) if number % 4 == 2}
    shown = tuple(review for review in numbered if review.id not in missing)
    long = [review for review in shown if len(review.text) > 120]
    return Corpus(
        shown=shown,
        missing=tuple(review for review in numbered if review.id in missing),
        edited={review.id: _before(review.text) for review in long[:: max(1, len(long) // 6)]},
        gone=tuple(_gone(number, review, random) for number, review in enumerate(long[1 :: max(1, len(long) // 8)])),
    )


def _draft(number: int, random: Random) -> PublishedReview:
    at = _FIRST_DAY + timedelta(days=number, hours=random.randrange(20))
    kind = number % 24
    if kind in (1, 9, 17):
        return PublishedReview("", "", random.choice(_SHORT), rating=5, published_at=at, locale="en-US")
    if kind in (4, 8, 12, 20):
        text = "".join(random.sample(_CHINESE, random.randint(3, 5)))
        return PublishedReview("", "", text, rating=random.randint(3, 5), published_at=at, locale="zh-CN")
    pool, joint = (_FRENCH, "fr-FR") if kind % 3 == 0 else (_ENGLISH, "en-US")
    sentences = random.sample(pool, random.randint(3, 6))
    if kind in (5, 13):
        sentences.insert(random.randrange(len(sentences)), random.choice(_EMOJI))
    if kind in (6, 14):
        sentences.append(f'Bought in "{_NAMES[number % 26]} & Sons" <{number}> — don\'t miss it.')
    text = ("\n\n" if kind in (7, 15) else " ").join(sentences)
    return PublishedReview("", "", text, rating=random.randint(1, 5), published_at=at, locale=joint)


def _twins(review: PublishedReview, random: Random) -> tuple[PublishedReview, PublishedReview]:
    """The same text with another last sentence; far fewer words differ than match."""
    pool = _CHINESE if review.locale == "zh-CN" else _ENGLISH
    joint = "" if review.locale == "zh-CN" else " "
    other = joint.join((review.text, random.choice([each for each in pool if each not in review.text])))
    return review, replace(review, text=other, published_at=(review.published_at or _FIRST_DAY) + timedelta(days=3))


def _author(number: int) -> str:
    return f"{_NAMES[number % 26]} {chr(65 + number // 26 % 26)}. {number}"


def _before(text: str) -> str:
    """What a review said before its author rewrote its second half."""
    return f"{text[: len(text) // 2]} I shall say more about it when I have used it for longer, promised."


def _gone(number: int, near: PublishedReview, random: Random) -> GoneText:
    """Half of them slander of their own, half the rejected first version of a review that is published."""
    if number % 2:
        text = f"{near.text} The seller lives at 12 {random.choice(_NAMES)} Street, tell him so yourself."
        return GoneText(f"g{number}", text, "rejected", near.author)
    text = f"Never buy anything here, my cousin number {number} sells the very same pot for half."
    return GoneText(f"g{number}", text, "withdrawn")
