"""Which playbook an incident's title asks for."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from warroom.incident.playbook import Playbook

_COMMON = frozenset(
    {"and", "are", "but", "can", "for", "from", "has", "not", "our", "that", "the", "this", "when", "with"}
)


class Offer(Struct, frozen=True):
    """A playbook that can be chosen, or the reason why it cannot."""

    name: str
    playbook: Playbook | None = None
    why_not: str = ""
    own: bool = False  # somebody's own rather than the built-in one
    generic: bool = False  # a document with headings and lists, taken as a checklist


class Suggestion(NamedTuple):
    """A playbook's name, and the phrase of it that reads like the title."""

    name: str
    phrase: str


def phrases(playbook: Playbook) -> tuple[str, ...]:
    """What a playbook says it is for: its examples and triggers, then its title."""
    return (*playbook.examples, *playbook.triggers, playbook.title)


def suggestion(title: str, offers: Sequence[Offer]) -> Suggestion | None:
    """The playbook with the phrase that shares most words with a title, or None if none shares any.

    A word counts the less the more playbooks have it. Of equals, one's own comes before the built-in one.
    """
    asked = _words(title)
    said = {offer.name: [(phrase, _words(phrase)) for phrase in _phrases(offer)] for offer in offers}
    spread = Counter(word for rows in said.values() for word in set().union(*(words for _, words in rows)))
    found = (
        (sum(1 / spread[word] for word in asked & words), offer.own, Suggestion(offer.name, phrase))
        for offer in offers
        for phrase, words in said[offer.name]
    )
    score, _, best = max(found, key=lambda each: each[:2], default=(0, False, None))
    return best if score else None


def _phrases(offer: Offer) -> tuple[str, ...]:
    return phrases(offer.playbook) if offer.playbook else ()


def _words(text: str) -> set[str]:
    return set(_each_word(text))


def _each_word(text: str) -> Iterator[str]:
    for word in re.findall(r"[^\W_]+", text.casefold()):
        if len(word) > 2 and word not in _COMMON:
            yield word.removesuffix("s") if len(word) > 3 else word
