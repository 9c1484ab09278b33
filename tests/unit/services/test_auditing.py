"""The trail as a person reads it, in either language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smassistant.domain.users import Role
from smassistant.i18n import set_language
from smassistant.services.acting import record
from smassistant.services.auditing import list_entries
from smassistant.services.keeping_accounts import connect_account
from smassistant.services.keeping_registry import restrict_person
from smassistant.services.keeping_users import add_user
from tests.unit.services.conftest import TESS, School

ENGLISH = [
    "lifted the rule that a person is never to be published",
    "marked a person as never to be published",
    "gave a member of staff a sign-in (author, school leader)",
    "connected the account News (E-mail newsletter)",
    "recorded a permission: granted (signed form)",
]
FRENCH = [
    "a levé l’interdiction de publier une personne",
    "a interdit toute publication d’une personne",
    "a donné un accès à un membre du personnel (rédaction, direction d’école)",
    "a connecté le compte News (Infolettre)",
    "a consigné une autorisation\u00a0: accordée (formulaire signé)",
]


@pytest.mark.parametrize(("language", "lines"), [("en", ENGLISH), ("fr", FRENCH)])
def test_codes_are_kept_and_words_are_read(school: School, language: str, lines: list[str]) -> None:
    newsletter = replace(school.facebook, id="", place="newsletter", name="News", address="")
    connect_account(school.context, school.leader, newsletter)
    add_user(
        school.context, school.leader, "Ola Example", "ola", frozenset({Role.LEADER, Role.AUTHOR}),
        "four quiet herons by the river",
    )  # fmt: skip
    restrict_person(school.context, school.records, TESS.id, True)
    restrict_person(school.context, school.records, TESS.id, False)
    set_language(language)
    read = list_entries(school.context, school.leader)
    assert [line.what for line in read] == lines
    kept = {line.entry.action: line.entry.details for line in read}
    assert kept["user.added"]["roles"] == "author, leader"
    assert kept["decision.recorded"]["source"] == "form"


@pytest.mark.parametrize(("language", "line"), [("en", "connected the account – (–)"),
                                                ("fr", "a connecté le compte – (–)")])  # fmt: skip
def test_a_detail_that_was_erased_is_a_dash(school: School, language: str, line: str) -> None:
    with school.context.store.write() as work:
        record(school.context, work, school.leader, "account.connected", "a-1")
    set_language(language)
    assert list_entries(school.context, school.leader, "a-1")[0].what == line
