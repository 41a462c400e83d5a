"""Which playbook an incident's title asks for."""

import pytest

from warroom.incident.playbook import Phase, Playbook
from warroom.incident.suggest import Offer, Suggestion, suggestion


def offer(name: str, *examples: str, title: str = "", own: bool = True) -> Offer:
    """A playbook with these trigger examples."""
    return Offer(name, Playbook(title or name, (Phase(1, "All"),), examples=examples), own=own)


GENERAL = offer("incident-response", "Production is down", "Database errors spiking", own=False)
OFFERS = [
    GENERAL,
    offer("checkout", "Checkout is down", "Orders time out"),
    offer("dns", title="DNS resolution fails"),
    Offer("broken", why_not="broken.md: empty"),
]


@pytest.mark.parametrize(
    ("title", "name", "phrase"),
    [
        ("Production database is throwing errors", "incident-response", "Database errors spiking"),
        ("CHECKOUT broken for everyone", "checkout", "Checkout is down"),
        ("some orders are slow", "checkout", "Orders time out"),
        ("an order is missing", "checkout", "Orders time out"),
        ("dns: nothing resolves", "dns", "DNS resolution fails"),
    ],
)
def test_the_one_that_shares_most_words(title: str, name: str, phrase: str) -> None:
    assert suggestion(title, OFFERS) == Suggestion(name, phrase)


@pytest.mark.parametrize("title", ["", "   ", "the cat is on the mat", "🔥", "broken"])
def test_none_where_nothing_is_shared(title: str) -> None:
    assert suggestion(title, OFFERS) is None


def test_a_word_that_all_have_counts_less_than_one_that_only_one_has() -> None:
    offers = [
        offer("a", "Service is down"),
        offer("b", "Service is slow"),
        offer("c", "Service is full of mail"),
    ]
    assert suggestion("mail service", offers) == Suggestion("c", "Service is full of mail")


def test_of_equals_ones_own_comes_first() -> None:
    offers = [GENERAL, offer("mine", "Production is down")]
    assert suggestion("production", offers) == Suggestion("mine", "Production is down")


def test_nothing_on_offer() -> None:
    assert suggestion("anything", []) is None
