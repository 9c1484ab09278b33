"""The library of pictures: found, told how they stand, used again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from smassistant.domain.consents import Answer, Channel
from smassistant.domain.pictures import (
    Accounting,
    Box,
    Face,
    Origin,
    Picture,
    Reading,
    TakenBy,
)
from smassistant.domain.posts import Post, PostState
from smassistant.domain.sightings import Match
from smassistant.domain.users import Role
from smassistant.errors import NotAllowed, UserError
from smassistant.services.approving import refuse_post
from smassistant.services.barring_pictures import lift_bar
from smassistant.services.listing_pictures import (
    LibraryPicture,
    Standing,
    compare_library,
    find,
    list_pictures,
    open_picture,
    use_again,
)
from tests.unit.services.conftest import TESS, School

HEAD = Face("f1", Box(0.1, 0.1, 0.2, 0.2), 1.0, Accounting.PERSON, TESS.id)


@pytest.fixture
def school(either: School) -> School:
    """The school on each engine."""
    return either


def picture(school: School, name: str, *faces: Face, alt_text: str = "A prize.") -> Picture:
    """A picture whose working copy is stored; the scripted reader tells its bytes again."""
    with school.context.store.write() as work:
        work.photos.add(name, name.encode())
    return Picture(
        f"i-{name}", name, f"{name}.jpg", 800, 600, name, alt_text, faces, looked=True,
        reading=Reading.THOROUGH, origin=Origin(TakenBy.OWN),
    )  # fmt: skip


def shown(school: School, actor: object = None) -> list[tuple[str, Standing]]:
    found = list_pictures(school.context, actor or school.author)  # type: ignore[arg-type]
    return [(one.picture.photo_id, one.standing) for one in found]


def posts(school: School) -> dict[str, Post]:
    """A published post, a draft, and a refused one that shows the same as nothing else."""
    made = {
        "live": school.approved("Tessaly wins.", pictures=(picture(school, "prize", HEAD),)),
    }
    school.clock.pass_time(days=1)
    refused = school.submit(
        school.write("The fair.", pictures=(picture(school, "fair", alt_text="Été"),))
    )
    made["refused"] = refuse_post(
        school.context, school.leader, refused.id, refused.version, "Not ours", False
    )
    school.clock.pass_time(days=1)
    made["draft"] = school.write("Soon.", pictures=(picture(school, "soon"),))
    with school.context.store.write() as work:
        stored = work.posts.get(made["live"].id)
        assert stored is not None
        work.posts.save(replace(stored, state=PostState.PUBLISHED))
    return made


def test_every_picture_is_there_once_with_how_it_stands(school: School) -> None:
    live = posts(school)["live"]
    school.clock.pass_time(days=1)
    school.write("Again.", pictures=(replace(live.pictures[0], id="i-2"),))
    assert set(shown(school)) == {
        ("prize", Standing.PUBLISHED), ("fair", Standing.REFUSED), ("soon", Standing.IN_WORK),
    }  # fmt: skip
    prize = next(
        one
        for one in list_pictures(school.context, school.author)
        if one.picture.photo_id == "prize"
    )
    assert (prize.uses, prize.post.text) == (2, "Again.")


def test_a_withdrawal_marks_the_picture_at_once(school: School) -> None:
    posts(school)
    school.decide(TESS, Answer.WITHDRAWN)
    found = {one.picture.photo_id: one for one in list_pictures(school.context, school.author)}
    assert found["prize"].standing is Standing.WITHDRAWN
    assert found["prize"].refused == (TESS.id,)
    record = open_picture(school.context, school.author, "prize")
    assert [(each.person.id, each.permitted) for each in record.people] == [(TESS.id, ())]


def test_who_is_in_it_is_told_with_todays_permission(school: School) -> None:
    live = posts(school)["live"]
    record = open_picture(school.context, school.author, "prize")
    assert [each.permitted for each in record.people] == [(Channel.SOCIAL_MEDIA,)]
    assert [post.id for post in record.posts] == [live.id]
    with pytest.raises(UserError, match="no longer there"):
        open_picture(school.context, school.author, "nothing")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", {"prize", "fair", "soon"}),
        ("bright", {"prize"}),  # who is in it
        ("4b tessa", {"prize"}),
        ("ete", {"fair"}),  # its description
        ("soon", {"soon"}),  # the post
        ("FAIR.jpg", {"fair"}),
        ("rize", set()),
    ],
)
def test_pictures_are_found_by_people_words_and_files(
    school: School, words: str, expected: set[str]
) -> None:
    posts(school)
    found = find(list_pictures(school.context, school.author), words)
    assert _ids(found) == expected


def test_pictures_are_found_by_day_and_standing(school: School) -> None:
    posts(school)
    every = list_pictures(school.context, school.author)
    newest = max(one.day for one in every)
    assert _ids(find(every, since=newest)) == {"soon"}
    assert _ids(find(every, until=newest - timedelta(days=1))) == {"prize", "fair"}
    assert _ids(find(every, standing=Standing.REFUSED)) == {"fair"}


def _ids(found: tuple[LibraryPicture, ...]) -> set[str]:
    return {one.picture.photo_id for one in found}


def test_authors_see_their_own_school_and_who_serves_all_sees_all(school: School) -> None:
    posts(school)
    elsewhere = replace(school.author, id="u-x", school="Elsewhere")
    assert shown(school, elsewhere) == []
    officer = replace(elsewhere, roles=frozenset({Role.COMMUNICATIONS}))
    assert len(shown(school, officer)) == 3
    with pytest.raises(NotAllowed):
        list_pictures(school.context, school.records)
    with pytest.raises(UserError, match="no longer there"):
        use_again(school.context, elsewhere, "prize")


def test_what_others_only_drafted_or_had_refused_is_theirs_and_the_leaders(school: School) -> None:
    posts(school)
    colleague = replace(school.author, id="u-y")
    assert shown(school, colleague) == [("prize", Standing.PUBLISHED)]
    with pytest.raises(UserError, match="no longer there"):
        open_picture(school.context, colleague, "soon")
    assert len(shown(school, school.leader)) == 3


def test_a_picture_is_used_again_with_everybody_in_it(school: School) -> None:
    event = replace(HEAD, id="f2", accounting=Accounting.PUBLIC_EVENT, reason="The parade")
    school.write("A parade.", pictures=(picture(school, "parade", HEAD, event),))
    made = use_again(school.context, school.author, "parade")
    (again,) = made.pictures
    assert made.state is PostState.DRAFT
    assert (again.photo_id, again.alt_text, again.looked) == ("parade", "A prize.", False)
    assert [face.accounting for face in again.faces] == [Accounting.PERSON, None]
    assert again.id != "i-parade"


def test_what_is_barred_is_marked_with_its_copies_and_not_used_again(school: School) -> None:
    post = school.submit(school.write("The fair.", pictures=(picture(school, "fair"),)))
    refuse_post(school.context, school.leader, post.id, post.version, "A parent asked")
    school.write("A copy.", pictures=(picture(school, "copy"),))
    with school.context.store.write() as work:
        match = Match("copy", "fair", 300, 0.9, False, (1, 0, 0, 0, 1, 0))
        work.sightings.set_matches("copy", [match])
    assert set(shown(school)) == {("fair", Standing.BARRED), ("copy", Standing.BARRED)}
    with pytest.raises(UserError, match="may not be used"):
        use_again(school.context, school.author, "copy")
    (bar,) = open_picture(school.context, school.author, "copy").bars
    lift_bar(school.context, school.leader, bar.id, "They agreed")
    assert ("copy", Standing.IN_WORK) in shown(school)
    assert not open_picture(school.context, school.author, "fair").bars[0].stands


def test_pictures_from_before_are_compared_when_the_library_is_opened(school: School) -> None:
    posts(school)
    compare_library(school.context, school.author)
    with school.context.store.read() as work:
        assert work.sightings.states(["prize", "fair", "soon"]) == {
            "prize": True, "fair": True, "soon": True,
        }  # fmt: skip
