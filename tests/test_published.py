"""The published works are editions: every group was read, and what was decided holds in every build."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hexapla.align.standing import about, held
from hexapla.corpus.decision import Decisions
from hexapla.corpus.moved import Places
from hexapla.corpus.work import decisions, load, published
from hexapla.scripts.walk import Choices, prepared
from hexapla.tei.edition import Edition

quiet: Callable[[str], None] = lambda _: None  # noqa: E731 - what `prepared` tells its steps to


def made(name: str, decided: Decisions | None) -> Edition:
    work, documents, authority = load(name)
    return prepared(work, documents, authority, Choices(decisions=decided), quiet)


@pytest.mark.parametrize("name", published())
def test_every_decision_is_applied(name: str) -> None:
    decided = decisions(name)
    assert decided
    assert all(decision.reason for decision in decided.decisions)
    edition = made(name, decided)
    alignment, places = edition.alignment, Places(decided.decisions, edition.documents)
    assert alignment.review
    counts = dict(alignment.review.counts)
    assert counts["decisions"] == len(decided)
    assert not [what for what in counts if what.startswith(("not applicable", "sentences lost"))]
    together = {about(group): held(group) for group in alignment.groups}
    last: dict[tuple[str, str], bool] = {}  # event, sentence -> whether it tells it, as was said last
    for decision in sorted(decided.decisions, key=lambda one: one.order):
        if decision.what in ("group", "membership"):
            for name in places.segments(decision):
                last[decision.event, name] = decision.verdict != "rejected"
    for (event, name), tells in last.items():
        assert (name in together.get(event, ())) == tells, (event, name)
    read = [group for group in alignment.groups if group.status != "automatic"]
    assert len(read) > 0.8 * len(alignment.groups), "many groups that nobody has read: hexapla review"


@pytest.mark.parametrize("name", published())
def test_the_method_is_there_without_the_review(name: str) -> None:
    plain = made(name, None).alignment
    assert plain.review is None
    assert {group.status for group in plain.groups} == {"automatic"}
    assert "decisions" not in dict(plain.signature.parts)
