"""Undoing an import, a bulk step or a merge gives back exactly the registry that was."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smassistant.domain.consents import Answer, Channel, Source, Use
from smassistant.domain.imports import RosterChoices
from smassistant.errors import Cancelled, UserError
from smassistant.jobs import Task
from smassistant.services.importing import (
    ImportResult,
    import_roster,
    is_undone,
    list_imports,
    mark_missing,
    preview_roster,
    undo_import,
)
from smassistant.services.keeping_registry import (
    find_people,
    open_person,
    record_decision,
    record_for_many,
    restrict_person,
    roll_over,
    save_person,
    undo_bulk,
)
from smassistant.services.merging import merge_people, undo_merge
from tests.unit.services.conftest import LOGAN, TESS, School
from tests.unit.services.registry_dump import dump

HEAD = "student_number,first_name,last_name,homeroom,restricted,expires,signer,photo,name:website\n"
ANSWERS = ["yes", "no", ""]
FILES = count()

ROWS = st.tuples(
    st.sampled_from(["51", "52", "90", "91", "92"]),
    st.sampled_from(["4B", "5A"]),
    st.sampled_from(["", "yes"]),
    st.sampled_from(["", "2027-06-30", "2026-12-31"]),
    st.sampled_from(["", "A parent"]),
    st.sampled_from(ANSWERS),
    st.sampled_from(ANSWERS),
)
ROSTERS = st.lists(ROWS, min_size=1, max_size=6)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("roster"), ROSTERS),
        st.tuples(st.just("decide"), st.sampled_from(Answer)),
        st.tuples(st.just("restrict"), st.booleans()),
        st.tuples(st.just("bulk"), st.sampled_from(Answer)),
        st.tuples(st.just("year"), st.sampled_from([30, 300])),
        st.tuples(st.just("night"), st.integers(1, 200)),
    ),
    max_size=4,
)


def bring(school: School, folder: Path, rows: list[tuple[str, ...]], left: int = 1) -> ImportResult:
    file = folder / f"roster-{next(FILES)}.csv"
    lines = (f"{row[0]},First{row[0]},Last{row[0]},{','.join(row[1:])}\n" for row in rows)
    file.write_text(HEAD + "".join(lines), encoding="utf-8")
    preview = preview_roster(school.context, file)
    done = import_roster(school.context, school.records, preview)
    mark_missing(
        school.context, school.records, preview, preview.missing_ids[:left], done.import_id
    )
    return done


def do(school: School, folder: Path, step: str, what: object) -> None:
    context, records = school.context, school.records
    if step == "roster":
        bring(school, folder, what)  # type: ignore[arg-type]
    elif step == "decide":
        school.decide(TESS, what, Use.PHOTO)  # type: ignore[arg-type]
    elif step == "restrict":
        restrict_person(context, records, LOGAN.id, bool(what))
    elif step == "bulk":
        for_class(school, what)  # type: ignore[arg-type]
    elif step == "year":
        ends = school.clock.now().date() + timedelta(days=int(str(what)))
        roll_over(context, records, ["4B"], ends)
    else:
        school.clock.pass_time(days=int(str(what)))


def for_class(school: School, answer: Answer) -> str:
    return record_for_many(
        school.context, school.records, [LOGAN.id, TESS.id], Use, Channel, answer, Source.LETTER,
        "Their parents",
    ).batch_id  # fmt: skip


# One school serves all examples of a test: what each does is undone or only adds to its history.


@settings(max_examples=25)
@given(STEPS, ROSTERS)
def test_undoing_an_import_restores_the_registry_exactly(
    either: School, tmp_path: Path, before: list[tuple[str, object]], roster: list[tuple[str, ...]]
) -> None:
    for step, what in before:
        do(either, tmp_path, step, what)
    was = dump(either.context)
    done = bring(either, tmp_path, roster)
    undo_import(either.context, either.records, done.import_id)
    assert dump(either.context) == was


@settings(max_examples=15)
@given(STEPS, st.sampled_from(Answer), st.integers(0, 400))
def test_undoing_a_bulk_step_restores_the_registry_exactly(
    either: School, tmp_path: Path, before: list[tuple[str, object]], answer: Answer, days: int
) -> None:
    for step, what in before:
        do(either, tmp_path, step, what)
    was = dump(either.context)
    batch = for_class(either, answer)
    ends = either.clock.now().date() + timedelta(days=days)
    year = roll_over(either.context, either.records, ["4B", "5A"], ends)
    undo_bulk(either.context, either.records, year.batch_id)
    undo_bulk(either.context, either.records, batch)
    assert dump(either.context) == was


@settings(max_examples=15)
@given(STEPS)
def test_undoing_a_merge_restores_the_registry_exactly(
    either: School, tmp_path: Path, before: list[tuple[str, object]]
) -> None:
    for step, what in before:
        do(either, tmp_path, step, what)
    was = dump(either.context)
    merge = merge_people(either.context, either.records, TESS.id, LOGAN.id)
    with pytest.raises(UserError, match="no longer there"):
        open_person(either.context, either.records, LOGAN.id)
    undo_merge(either.context, either.records, merge)
    assert dump(either.context) == was


def test_imports_can_be_undone_one_after_the_other(either: School, tmp_path: Path) -> None:
    was = dump(either.context)
    first = bring(either, tmp_path, [("52", "5A", "", "", "", "yes", "no")])
    second = bring(either, tmp_path, [("52", "6A", "", "", "", "no", "yes")])
    with pytest.raises(UserError, match="can't be undone any more"):
        undo_import(either.context, either.records, first.import_id)
    undo_import(either.context, either.records, second.import_id)
    undo_import(either.context, either.records, first.import_id)
    assert dump(either.context) == was
    imports = list_imports(either.context, either.records)
    assert [one.id for one in imports] == [second.import_id, first.import_id]
    assert all(one.undone for one in imports)
    with pytest.raises(UserError, match="undone already"):
        undo_import(either.context, either.records, first.import_id)


def by_hand(school: School, ines: str) -> None:
    record_decision(
        school.context, school.records, ines, [Use.PHOTO], [Channel.WEBSITE], Answer.REFUSED,
        Source.CALL, "A parent",
    )  # fmt: skip


def edited(school: School, ines: str) -> None:
    person = open_person(school.context, school.records, ines).person
    save_person(school.context, school.records, person)


def scanned(school: School, ines: str) -> None:
    from smassistant.services.keeping_registry import attach_scan

    attach_scan(school.context, school.records, ines, [], "form.pdf", b"%PDF-1.4 a form")


def merged(school: School, ines: str) -> None:
    merge_people(school.context, school.records, TESS.id, ines)


@pytest.mark.parametrize("act", [by_hand, edited, scanned, merged])
def test_what_was_recorded_since_is_never_lost(either: School, tmp_path: Path, act) -> None:
    done = bring(either, tmp_path, [("90", "5A", "", "", "", "yes", "")])
    (ines,) = find_people(either.context, either.records, "First90").lines
    act(either, ines.person.id)
    was = dump(either.context)
    with pytest.raises(UserError, match="can't be undone any more"):
        undo_import(either.context, either.records, done.import_id)
    assert dump(either.context) == was


def test_what_was_recorded_about_others_does_not_matter(either: School, tmp_path: Path) -> None:
    rows = [("90", "4B", "", "", "", "yes", ""), ("51", "4B", *[""] * 5)]
    done = bring(either, tmp_path, rows, left=0)
    either.decide(TESS, Answer.WITHDRAWN)
    undo_import(either.context, either.records, done.import_id)
    assert find_people(either.context, either.records).total == 2


def test_undoing_forgets_how_the_source_was_read(school: School, tmp_path: Path) -> None:
    file = tmp_path / "form.csv"
    file.write_text("Nr,First,Last,photo\n90,Ines,Corbett,sure\n", encoding="utf-8")
    choices = RosterChoices({"Nr": "student_number"}, {"sure": True})
    with pytest.raises(UserError):
        preview_roster(school.context, file)
    preview = preview_roster(school.context, file, choices)
    done = import_roster(school.context, school.records, preview)
    assert preview_roster(school.context, file).choices == choices
    undo_import(school.context, school.records, done.import_id)
    with pytest.raises(UserError):
        preview_roster(school.context, file)


def test_a_year_ends_on_the_day_that_was_said(school: School) -> None:
    roll_over(school.context, school.records, ["4B"], date(2027, 6, 30))
    record = open_person(school.context, school.records, TESS.id)
    ruling = record.rulings[Use.PHOTO, Channel.SOCIAL_MEDIA]
    assert ruling.permitted
    assert ruling.decision is not None
    assert ruling.decision.valid_until == date(2027, 6, 30)
    assert ruling.decision.source is Source.FORM
    assert not open_person(school.context, school.records, LOGAN.id).history


def test_an_undo_that_is_cancelled_changes_nothing(either: School, tmp_path: Path) -> None:
    done = bring(either, tmp_path, [(str(n), "4B", "", "", "", "yes", "no") for n in range(900)])
    was = dump(either.context)
    told: list[tuple[int, int]] = []

    def tell(at: int, total: int, _label: str) -> None:
        told.append((at, total))
        if at:
            task.cancel()

    task = Task(tell)
    with pytest.raises(Cancelled):
        undo_import(either.context, either.records, done.import_id, task)
    assert dump(either.context) == was
    assert not is_undone(either.context, either.records, done.import_id)
    assert len(told) == 2
    assert told[1][0] < told[1][1]
    undo_import(either.context, either.records, done.import_id)
    assert is_undone(either.context, either.records, done.import_id)
