"""Exports as school systems and form programs write them, read without a mapping."""

from __future__ import annotations

from pathlib import Path

from smassistant.domain.people import Kind
from tests.unit.registry.roster_files import Code, by_number, codes, granted, read_text, refused


def test_powerschool(tmp_path: Path) -> None:
    roster = read_text(
        tmp_path,
        "Student_Number\tLastFirst\tGrade_Level\tHome_Room\tSchoolID\tEnroll_Status\tDOB\t"
        "Photo_Website\tPhoto_Social_Media\r\n"
        "100234\tBearspaw, Ava R\t4\t4-Gruber\t512\t0\t5/6/2016\tY\tN\r\n"
        "100235\tO'Neil, Sean\t-1\tK-Thorne\t512\t-1\t5/7/2020\t\t1\r\n",
    )
    ava, sean = by_number(roster).values()

    assert ava.person.described == "Ava Bearspaw, 4-Gruber"
    assert (sean.person.grade, sean.person.status) == ("-1", "-1")
    assert granted(ava) == {"photo:website"}
    assert granted(sean) == {"photo:social_media"}
    assert roster.ignored_columns == ("SchoolID", "DOB")
    assert roster.problems == ()


def test_skyward(tmp_path: Path) -> None:
    roster = read_text(
        tmp_path,
        '"Other ID","Last Name","First Name","Gr","Entity","Hmrm","Birthdate","Photo Consent"\n'
        '"0031","Vance","Mia","7","Lamont Flats","7B","01/02/2013","Yes"\n',
    )

    assert roster.people[0].person.described == "Mia Vance, 7B, Lamont Flats"
    assert len(granted(roster.people[0])) == 3
    assert roster.problems == ()


def test_oneroster_users(tmp_path: Path) -> None:
    roster = read_text(
        tmp_path,
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,"
        "givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password"
        "\nu-1,active,2026-01-01,true,o-1,student,ava1,,Ava,Bearspaw,Rose,100234,a@x.example,,,,4,"
        "\nu-2,active,2026-01-01,true,o-1,teacher,bob,,Bob,Gruber,,T77,b@x.example,,,,,\n",
    )
    people = by_number(roster)

    assert list(people) == ["100234", "T77"]
    assert people["T77"].person.kind is Kind.STAFF
    assert people["100234"].person.grade == "4"
    assert not roster.has_permissions
    assert "sourcedId" in roster.ignored_columns
    assert roster.problems == ()


def test_myeducation(tmp_path: Path) -> None:
    roster = read_text(
        tmp_path,
        '"Pupil #","Legal last name","Legal first name","Usual first name","Usual last name",'
        '"Grade","Homeroom","School > Name","Address"\n'
        '"2201","Li","Xiaoming","Sam","Lee","07","07C","Hill","1 Road"\n',
    )
    person = roster.people[0].person

    assert person.shown_name == "Sam Li"
    assert person.first_name == "Xiaoming"
    assert person.other_names == ("Sam Lee",)
    assert person.grade == "07"


def test_form_answers(tmp_path: Path) -> None:
    roster = read_text(
        tmp_path,
        "Timestamp,Email Address,Student's first name,Student's last name,Student number,"
        "May we publish your child's photo on the school website?,"
        "May we publish your child's photo on Facebook?,"
        "I do NOT give permission to publish photos on social media,"
        "Parent/guardian name\n"
        "9/2/2026 10:03:11,p@x.example,Ava,Bearspaw,100234,"
        '"Yes, I give permission","Yes, I give permission",Yes,Pat Bearspaw\n'
        "9/2/2026 11:03:11,q@x.example,Sean,Neil,100235,"
        '"Yes, but ask me first",No,No,Kim Neil\n',
    )
    people = by_number(roster)

    assert granted(people["100234"]) == {"photo:website"}
    assert not people["100235"].answers
    assert people["100234"].signer == "Pat Bearspaw"
    assert codes(roster) == [Code.UNKNOWN_HEADING, Code.UNKNOWN_HEADING, Code.BAD_VALUE]
    assert roster.ignored_columns[:2] == ("Timestamp", "Email Address")


def test_french(tmp_path: Path) -> None:
    roster = read_text(
        tmp_path,
        "Numéro d’élève;Prénom;Nom de famille;Niveau;Classe;École;Date de naissance;"
        "photo:réseaux sociaux;vidéo:site web;Expire le\r\n"
        "0045;Zoé;Tremblay;5;5B;École du Lac;2015-01-01;Je consens;Je n’autorise pas;"
        "30 juin 2027\r\n",
        "cp1252",
    )
    item = roster.people[0]

    assert item.person.described == "Zoé Tremblay, 5B, École du Lac"
    assert granted(item) == {"photo:social_media"}
    assert refused(item) == {"video:website"}
    assert str(item.expires) == "2027-06-30"
    assert roster.problems == ()


def test_our_own_export_comes_back(tmp_path: Path) -> None:
    roster = read_text(tmp_path, 'student_number,first_name,last_name\n"\'=12","\'@Ann","\'-Bo"\n')

    assert roster.people[0].person.number == "=12"
    assert roster.people[0].person.shown_name == "@Ann -Bo"
    assert roster.problems == ()
