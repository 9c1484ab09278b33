"""Setting a school up, signing in, passwords and staff (clause 3.4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.domain.users import Role
from smassistant.errors import NotAllowed, UserError
from smassistant.services.keeping_users import add_user, list_users, reset_password, save_user
from smassistant.services.setting_up import SetUp, is_set_up, set_up
from smassistant.services.signing_in import change_password, sign_in
from tests.unit.services.conftest import School

STRONG = "quilted-harbour-949-moss"
OTHER = "velvet-turnip-318-canal"


def test_a_member_of_staff_signs_in_after_being_added(school: School) -> None:
    added = add_user(
        school.context, school.leader, "Pat Sample", "p.sample", frozenset({Role.AUTHOR}), STRONG
    )
    assert sign_in(school.context, " p.sample ", STRONG) == added


def test_a_wrong_name_and_a_wrong_password_read_the_same(school: School) -> None:
    said = []
    for name, password in (("ann", "wrong"), ("nobody", "wrong")):
        with pytest.raises(UserError) as caught:
            sign_in(school.context, name, password)
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_somebody_who_left_can_not_sign_in(school: School) -> None:
    user = add_user(
        school.context, school.leader, "Pat Sample", "p.sample", frozenset({Role.AUTHOR}), STRONG
    )
    save_user(school.context, school.leader, replace(user, active=False))
    with pytest.raises(UserError):
        sign_in(school.context, "p.sample", STRONG)


@pytest.mark.parametrize("password", ["short", "password1234", "Quarry Hill School"])
def test_a_weak_password_is_refused_with_a_reason(school: School, password: str) -> None:
    with pytest.raises(UserError, match="too weak") as caught:
        add_user(school.context, school.leader, "Pat", "pat", frozenset({Role.AUTHOR}), password)
    assert caught.value.explanation


def test_passwords_are_changed_and_reset(school: School) -> None:
    user = add_user(
        school.context, school.leader, "Pat Sample", "pat", frozenset({Role.AUTHOR}), STRONG
    )
    with pytest.raises(UserError, match="old password"):
        change_password(school.context, user, "wrong", OTHER)
    change_password(school.context, user, STRONG, OTHER)
    assert sign_in(school.context, "pat", OTHER) == user
    reset_password(school.context, school.leader, user.id, STRONG)
    assert sign_in(school.context, "pat", STRONG) == user


def test_only_a_leader_keeps_sign_ins_and_one_always_stays(school: School) -> None:
    with pytest.raises(NotAllowed):
        list_users(school.context, school.author)
    save_user(school.context, school.leader, replace(school.second_leader, active=False))
    with pytest.raises(UserError, match="at least one leader"):
        save_user(school.context, school.leader, replace(school.leader, active=False))


def test_setting_up_is_possible_only_once(school: School) -> None:
    assert is_set_up(school.context)
    plan = SetUp("Other School", "A Division", "Eve Example", "eve", STRONG)
    with pytest.raises(UserError, match="already set up"):
        set_up(school.context, plan)
    assert STRONG not in repr(plan)
