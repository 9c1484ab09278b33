"""The history in acts and sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from smassistant.domain.consents import Answer, Channel, Decision, Source, Use
from smassistant.i18n import set_language
from ui.models.history import acts, corrected_words, sentence

AT = datetime(2026, 9, 4, 15, 0, tzinfo=UTC)
ZONE = "America/Edmonton"
NAMES = {"u1": "Ruth Lindgren"}
LINE = Decision(
    "d", "p", Use.PHOTO, Channel.WEBSITE, Answer.GRANTED, date(2026, 9, 4), date(2027, 6, 30),
    Source.FORM, "A father", "u1", AT,
)  # fmt: skip


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


def spread(line: Decision, *keys: tuple[Use, Channel]) -> list[Decision]:
    return [
        replace(line, id=f"{line.id}{n}", use=use, channel=channel)
        for n, (use, channel) in enumerate(keys)
    ]


def test_lines_recorded_together_are_one_act_in_a_fixed_order() -> None:
    lines = spread(LINE, (Use.WORK, Channel.WEBSITE), (Use.PHOTO, Channel.SOCIAL_MEDIA))
    found = acts(reversed(lines))
    assert len(found) == 1
    assert found == acts(lines)
    assert sentence(found[0], NAMES, ZONE) == (
        "Permitted from 4 September 2026 until 30 June 2027: Photo on Social media; "
        "School work on Website. Signed form, A father; recorded by Ruth Lindgren on "
        "4 September 2026, 09:00."
    )


def test_acts_stand_newest_first() -> None:
    later = replace(LINE, id="e", recorded_at=AT + timedelta(days=1), answer=Answer.WITHDRAWN)
    assert [act.lines[0].id for act in acts([LINE, later])] == ["e", "d"]


def test_ends_that_differ_are_left_to_the_table() -> None:
    other = replace(LINE, id="e", use=Use.WORK, valid_until=date(2026, 12, 1))
    assert "until" not in sentence(acts([LINE, other])[0], NAMES, ZONE)


def test_a_corrected_act_counts_no_more() -> None:
    right = replace(
        LINE, id="e", answer=Answer.REFUSED, valid_until=None, corrects="d",
        recorded_at=AT + timedelta(hours=1), note="Wrong child",
    )  # fmt: skip
    newer, older = acts([LINE, right])
    assert older.mistaken
    assert older.standing == ()
    assert corrected_words(older, NAMES, ZONE) == (
        "Counts no more: corrected by Ruth Lindgren on 4 September 2026, 10:00."
    )
    assert not newer.mistaken
    assert sentence(newer, NAMES, ZONE).startswith("Correction. Refused from 4 September 2026")
    assert sentence(newer, NAMES, ZONE).endswith("Wrong child")


def test_a_partly_corrected_act_says_which_part() -> None:
    lines = spread(LINE, (Use.PHOTO, Channel.WEBSITE), (Use.WORK, Channel.WEBSITE))
    right = replace(lines[1], id="e", answer=Answer.REFUSED, corrects=lines[1].id,
                    recorded_at=AT + timedelta(hours=1))  # fmt: skip
    older = acts([*lines, right])[1]
    assert not older.mistaken
    assert older.standing == (lines[0],)
    assert "Partly corrected" in corrected_words(older, NAMES, ZONE)
    assert "School work on Website" in corrected_words(older, NAMES, ZONE)


def test_what_was_never_said_is_told_so() -> None:
    unsaid = replace(
        LINE, id="e", corrects="d", valid_until=date(2026, 9, 3), recorded_at=AT + timedelta(1)
    )
    said = sentence(acts([LINE, unsaid])[0], NAMES, ZONE)
    assert said.startswith("Correction. Nothing was said about Photo on Website; recorded by Ruth")
    assert "Permitted" not in said


def test_somebody_who_is_no_longer_staff_is_somebody() -> None:
    assert "recorded by somebody" in sentence(acts([LINE])[0], {}, ZONE)


def test_everything_is_said_in_one_word() -> None:
    lines = spread(LINE, *((use, Channel.WEBSITE) for use in Use))
    assert "Everything on Website" in sentence(acts(lines)[0], NAMES, ZONE)
