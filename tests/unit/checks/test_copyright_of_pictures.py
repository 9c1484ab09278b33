"""Every picture has a source that may be used, and notices of others are noticed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from smassistant.checks.copyright_of_pictures import find_origins
from smassistant.domain.findings import Finding, MendKind, Severity
from smassistant.domain.pictures import Box, Metadata, Origin, Picture, TakenBy, Writing
from smassistant.domain.posts import Draft
from tests.unit.checks.school import facts, picture

OWN = Origin(TakenBy.OWN)


def taken(by: TakenBy | None, credit: str = "", licence: str = "", **changes: Any) -> Picture:
    return picture(origin=Origin(by, credit, licence), **changes)


def judged(*pictures: Picture, text: str = "") -> list[Finding]:
    known = replace(facts(own_contacts=("oakview.ca",)), own_names=("Oak View School", "OVS"))
    return list(find_origins(Draft(text, pictures, ("facebook",)), known))


def codes(*pictures: Picture, text: str = "") -> list[tuple[str, str]]:
    return [(each.code, each.severity.value) for each in judged(*pictures, text=text)]


def test_somebody_has_to_say_who_took_a_picture() -> None:
    (finding,) = judged(taken(None))
    assert (finding.code, finding.severity) == ("copyright.photo_source", Severity.WARN)
    assert (finding.clause, finding.where) == ("4.2", "photo:1")
    kinds = [mend.kind for mend in finding.mends]
    assert kinds == [MendKind.TOOK_IT, MendKind.GO_TO_ORIGIN]


def test_one_click_says_it_of_all_pictures() -> None:
    first, second, third = judged(taken(None), taken(None), taken(TakenBy.WEB))
    assert [mend.kind for mend in first.mends][:2] == [MendKind.TOOK_IT, MendKind.TOOK_ALL]
    assert second.where == "photo:2"
    assert third.code == "copyright.photo_licence"


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        (taken(TakenBy.OWN), []),
        (taken(TakenBy.COLLEAGUE), []),
        (taken(TakenBy.PARENT), [("copyright.photo_source.parent", "warn")]),
        (taken(TakenBy.PARENT, "  "), [("copyright.photo_source.parent", "warn")]),
        (taken(TakenBy.PARENT, "Kim Roe"), []),
        (taken(TakenBy.LICENSED), [("copyright.photo_licence", "block")]),
        (taken(TakenBy.LICENSED, licence="bought, invoice 12"), []),
        (taken(TakenBy.WEB), [("copyright.photo_licence", "block")]),
        (taken(TakenBy.WEB, "Kim Roe"), [("copyright.photo_licence", "block")]),
        (taken(TakenBy.WEB, licence="public domain"), []),
        (taken(TakenBy.WEB, licence="CC BY 4.0"), [("copyright.photo_credit", "warn")]),
        (taken(TakenBy.WEB, "Kim Roe", "CC BY 4.0"), [("copyright.photo_credit", "advice")]),
    ],
)
def test_what_each_source_needs(shown: Picture, found: list[tuple[str, str]]) -> None:
    assert codes(shown) == found


def test_a_name_in_the_text_satisfies_a_licence_that_asks_for_it() -> None:
    assert codes(taken(TakenBy.WEB, "Kim Roe", "CC-BY-SA 3.0"), text="Photo: Kim  Roe.") == []


def of(**changes: object) -> Picture:
    """A picture whose file says something, taken by the author."""
    return picture(origin=OWN, metadata=Metadata(**changes))  # type: ignore[arg-type]


def reads(text: str, origin: Origin = OWN) -> Picture:
    return picture(origin=origin, writing=(Writing("w", Box(0, 0.9, 0.3, 0.05), text),))


@pytest.mark.parametrize(
    "shown",
    [
        of(copyright="© 2024 Lifetouch Studios"),
        of(copyright="Jane Doe Photography, all rights reserved"),
        of(stock="Getty Images"),
        of(stock="Shutterstock", copyright="© Oak View School"),
        picture(origin=OWN, file_name="shutterstock_1234567.jpg"),
        reads("© Jane Doe 2026"),
        reads("Copyright Jane Doe"),
        reads("(c) 2026 J. Doe"),
        reads("alamy stock photo"),
        reads("iStock"),
        of(copyright="© Oak Ridge Studios"),
    ],
)
def test_a_notice_of_somebody_else_is_noticed(shown: Picture) -> None:
    (finding,) = judged(shown)
    assert (finding.code, finding.severity) == ("copyright.photo_notice", Severity.WARN)
    assert "You said the school took this picture" in finding.message
    assert finding.anchor.surface in finding.message
    assert {mend.kind for mend in finding.mends} == {MendKind.GIVE_REASON, MendKind.GO_TO_ORIGIN}


@pytest.mark.parametrize(
    "shown",
    [
        of(),
        of(copyright="© 2026"),
        of(copyright="Copyright 2024-2026, all rights reserved."),
        of(copyright="© Oak View School 2026"),
        of(copyright="Oak View"),
        of(copyright="© OVS"),
        of(copyright="© 2026 Fernleigh"),
        of(copyright="(c) 2026 www.oakview.ca"),
        of(copyright="© Brenda Whitlock"),
        of(creator="Somebody Else"),
        reads("Welcome to our library"),
        reads("© Oak View School"),
        reads("Livestock show"),
        reads("AP Biology"),
    ],
)
def test_a_notice_of_ones_own_is_fine(shown: Picture) -> None:
    assert judged(shown) == []


def test_a_notice_without_a_source_offers_no_one_click() -> None:
    first, second = judged(taken(None, metadata=Metadata(copyright="© Jane Doe")))
    assert [mend.kind for mend in first.mends] == [MendKind.GO_TO_ORIGIN]
    assert second.code == "copyright.photo_notice"


@pytest.mark.parametrize(
    ("origin", "found"),
    [
        (Origin(TakenBy.LICENSED, "", "bought, invoice 12"), []),
        (Origin(TakenBy.PARENT, "Jane Doe"), []),
        (Origin(TakenBy.PARENT, "Kim Roe"), ["copyright.photo_notice"]),
        (Origin(TakenBy.COLLEAGUE, "Jane Doe"), ["copyright.photo_notice"]),
    ],
)
def test_a_source_may_explain_the_notice(origin: Origin, found: list[str]) -> None:
    shown = picture(origin=origin, metadata=Metadata(copyright="© Jane Doe"))
    assert [each.code for each in judged(shown)] == found
