"""Answers of a roster as lines of a consent history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from smassistant.domain.consents import Answer, Channel, Source, Use, rule
from smassistant.registry.decisions import decisions_of
from tests.unit.registry.roster_files import HEADINGS, read_rows

DAY, NOW = date(2026, 9, 1), datetime(2026, 9, 1, 12, tzinfo=UTC)


def test_granted_refused_and_blank(tmp_path: Path) -> None:
    roster = read_rows(
        tmp_path,
        [*HEADINGS, "signer", "expires", "photo:website", "video:website", "work:website"],
        ["1", "A", "B", "Pat B", "2027-06-30", "yes", "no", ""],
    )
    item = roster.people[0]
    lines = {line.use: line for line in decisions_of(item, DAY, "user-1", NOW)}

    assert set(lines) == {Use.PHOTO, Use.VIDEO}
    photo, video = lines[Use.PHOTO], lines[Use.VIDEO]
    assert (photo.answer, photo.valid_from, photo.valid_until) == (
        Answer.GRANTED, DAY, date(2027, 6, 30),
    )  # fmt: skip
    assert (video.answer, video.valid_until) == (Answer.REFUSED, None)
    assert photo.id != video.id
    for line in lines.values():
        assert (line.person_id, line.signer, line.recorded_by) == ("1", "Pat B", "user-1")
        assert (line.source, line.recorded_at) == (Source.ROSTER, NOW)


def test_the_ruling_follows_the_roster(tmp_path: Path) -> None:
    roster = read_rows(
        tmp_path, [*HEADINGS, "expires", "photo:website"], ["1", "A", "B", "2027-06-30", "yes"]
    )
    item = roster.people[0]
    history = decisions_of(item, DAY, "user-1", NOW)

    def permitted(day: date) -> bool:
        return rule(item.person, history, Use.PHOTO, Channel.WEBSITE, day).permitted

    assert permitted(DAY)
    assert permitted(date(2027, 6, 30))
    assert not permitted(date(2027, 7, 1))
    assert not permitted(DAY - timedelta(days=1))
    assert not rule(item.person, history, Use.PHOTO, Channel.SOCIAL_MEDIA, DAY).permitted
