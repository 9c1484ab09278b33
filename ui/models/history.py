"""A person's consent history as acts: what was recorded at one time, and what set it right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from smassistant.domain.consents import Answer, Channel, Conflict, Decision, Use
from smassistant.i18n import _, ngettext
from ui import words


@dataclass(frozen=True, slots=True)
class Act:
    """Lines of history recorded together; `corrected` are those of them that count no more."""

    lines: tuple[Decision, ...]
    corrected: tuple[Decision, ...]
    corrections: tuple[Decision, ...]

    @property
    def mistaken(self) -> bool:
        """Whether nothing of it counts any more."""
        return len(self.corrected) == len(self.lines)

    @property
    def standing(self) -> tuple[Decision, ...]:
        """The lines that count."""
        gone = {line.id for line in self.corrected}
        return tuple(line for line in self.lines if line.id not in gone)


def acts(history: Iterable[Decision]) -> tuple[Act, ...]:
    """The acts, newest first."""
    lines = sorted(history, key=_key, reverse=True)
    by_target = {line.corrects: line for line in lines if line.corrects}
    found = []
    for _same, group in groupby(lines, key=_key):
        mine = tuple(sorted(group, key=_place))
        wrong = tuple(line for line in mine if line.id in by_target)
        found.append(Act(mine, wrong, tuple(by_target[line.id] for line in wrong)))
    return tuple(found)


def _key(line: Decision) -> tuple[datetime, str, str, str, bool, bool]:
    return (
        line.recorded_at, line.answer.value, line.source.value, line.signer, bool(line.corrects),
        line.unsaid,
    )  # fmt: skip


def _place(line: Decision) -> tuple[int, int]:
    return (list(Channel).index(line.channel), list(Use).index(line.use))


def sentence(act: Act, names: Mapping[str, str], zone: str) -> str:
    """What was said, by whom, since and until when, and who wrote it down."""
    first = act.lines[0]
    if first.unsaid:
        text = _("Correction. Nothing was said about {what}; recorded by {who} on {day}.").format(
            what=what(act.lines),
            who=names.get(first.recorded_by, _("somebody")),
            day=words.time_word(first.recorded_at, zone),
        )
        return f"{text} {first.note}".strip()
    text = _("{answer} {span}: {what}. {source}{signer}; recorded by {who} on {day}.").format(
        answer=words.answer_word(first.answer),
        span=_span(act.lines),
        what=what(act.lines),
        source=words.source_word(first.source),
        signer=_(", {name}").format(name=first.signer) if first.signer else "",
        who=names.get(first.recorded_by, _("somebody")),
        day=words.time_word(first.recorded_at, zone),
    )
    if first.corrects:
        text = _("Correction. {line}").format(line=text)
    return f"{text} {first.note}".strip()


def corrected_words(act: Act, names: Mapping[str, str], zone: str) -> str:
    """That the act, or a part of it, was a mistake; empty where all of it counts."""
    if not act.corrected:
        return ""
    last = max(act.corrections, key=lambda line: line.recorded_at)
    who, day = names.get(last.recorded_by, _("somebody")), words.time_word(last.recorded_at, zone)
    if act.mistaken:
        return _("Counts no more: corrected by {who} on {day}.").format(who=who, day=day)
    return _("Partly corrected by {who} on {day}: {what}.").format(
        who=who, day=day, what=what(act.corrected)
    )


def _span(lines: tuple[Decision, ...]) -> str:
    """From when, and until when where all lines of a grant end on one day."""
    first = lines[0]
    since = words.day_word(first.valid_from)
    granted = (line for line in lines if line.answer is Answer.GRANTED)
    ends = {line.valid_until for line in granted if line.valid_until is not None}
    if len(ends) == 1:
        return _("from {day} until {end}").format(day=since, end=words.day_word(ends.pop()))
    return _("from {day}").format(day=since)


def what(lines: Iterable[Decision]) -> str:
    """ "Photo and video on the website" as plain lists; one list per channel that differs."""
    by_channel: dict[Channel, set[Use]] = {}
    for line in lines:
        by_channel.setdefault(line.channel, set()).add(line.use)
    grouped: dict[tuple[Use, ...], list[Channel]] = {}
    for channel in Channel:
        if channel in by_channel:
            uses = tuple(use for use in Use if use in by_channel[channel])
            grouped.setdefault(uses, []).append(channel)
    return "; ".join(
        _("{uses} on {channels}").format(
            uses=_everything(uses), channels=", ".join(words.channel_word(c) for c in channels)
        )
        for uses, channels in grouped.items()
    )


def _everything(uses: tuple[Use, ...]) -> str:
    if len(uses) == len(Use):
        return _("Everything")
    return ", ".join(words.use_word(use) for use in uses)


def conflict_words(found: Conflict) -> str:
    """That answers of one day don't agree, and which of them counts."""
    return _(
        "The answers of {day} about {what} don’t agree: {answers}. The strictest counts until one "
        "is corrected."
    ).format(
        day=words.day_word(found.day),
        what=what(found.decisions[:1]),
        answers=", ".join(
            dict.fromkeys(
                _("{answer} ({source})").format(
                    answer=words.answer_word(line.answer), source=words.source_word(line.source)
                )
                for line in found.decisions
            )
        ),
    )


def forms_words(count: int) -> str:
    """How many scans prove an act."""
    return ngettext("{n} scanned form", "{n} scanned forms", count).format(n=count)
