"""The checks: pure functions from a draft and the facts to findings; one file each."""

from __future__ import annotations

from collections.abc import Iterator

from smassistant.checks import (
    alt_text,
    copyright_of_pictures,
    file_names,
    hints,
    name_policies,
    named_people,
    names_in_pictures,
    personal_in_pictures,
    personal_information,
    photo_accounting,
    photo_metadata,
    place_limits,
    seen_before,
    topics,
    unknown_names,
    video_limits,
    videos,
)
from smassistant.domain.facts import Check, Facts
from smassistant.domain.findings import Finding
from smassistant.domain.posts import Draft
from smassistant.jobs import Task

ALL_CHECKS: tuple[Check, ...] = (
    named_people.CHECK,
    name_policies.CHECK,
    unknown_names.CHECK,
    topics.CHECK,
    personal_information.CHECK,
    photo_accounting.CHECK,
    names_in_pictures.CHECK,
    personal_in_pictures.CHECK,
    photo_metadata.CHECK,
    copyright_of_pictures.CHECK,
    seen_before.CHECK,
    file_names.CHECK,
    alt_text.CHECK,
    place_limits.CHECK,
    videos.CHECK,
    video_limits.CHECK,
    hints.CHECK,
)

_KINDS = ("text", "alt", "photo", "file")


def find_findings(draft: Draft, facts: Facts, task: Task | None = None) -> tuple[Finding, ...]:
    """Everything the checks find, in the order of the draft; `Cancelled` where `task` is."""
    found: list[Finding] = []
    for check in ALL_CHECKS:
        if task is not None:
            task.check()
        found += check.find(draft, facts)
    return tuple(sorted(_without_echoes(found), key=_position))


def _without_echoes(found: list[Finding]) -> Iterator[Finding]:
    """The findings without the hints that only say softly what a rule found in the same text."""
    said = {(each.where, hints.kind_of(each.code)) for each in found if not is_hint(each)}
    for each in found:
        if not is_hint(each) or (each.where, hints.kind_of(each.code)) not in said:
            yield each


def is_hint(finding: Finding) -> bool:
    """Whether the trained reader said it rather than a rule."""
    return finding.rule.startswith("hint:")


def _position(finding: Finding) -> tuple[int, int, int]:
    """Text first, then the descriptions, then the photos, each by number and place."""
    kind, _, number = finding.where.partition(":")
    return (_KINDS.index(kind), int(number or 0), finding.start)
