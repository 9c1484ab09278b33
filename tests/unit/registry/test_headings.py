"""Headings of school systems, forms and people."""

from __future__ import annotations

import pytest

from smassistant.registry.headings import field_of, is_unneeded, parse_field, permission_keys
from smassistant.registry.rosters import key_name

FIELDS = {
    "student_number": ["Student Number", "STUDENT_NUMBER", "student number", "Student #",
                       "[Students]Student_Number", "Pupil #", "Pupil Number", "Other ID",
                       "Student ID", "sourcedId", "identifier", "Numéro d'élève", "N° élève",
                       "Numéro de l’élève", "Matricule", "Staff Number", "Local Student ID"],
    "first_name": ["First Name", "firstName", "givenName", "Legal first name", "Prénom",
                   "Student First Name", "STUDENTS.FIRST_NAME", "Prénom de l'élève",
                   "What is your child's first name?", "Child's First Name"],
    "last_name": ["Last Name", "familyName", "Legal last name", "Nom de famille", "Surname",
                  "Student's last name", "Nom"],
    "preferred_name": ["Preferred Name", "Usual first name", "preferredFirstName", "Goes by"],
    "last_first": ["LastFirst", "[Students]LastFirst", "Name (Last, First)", "Nom, Prénom"],
    "first_last": ["Student Name", "Child's name", "What is your child's name?"],
    "grade": ["Grade", "Grade_Level", "grades", "Niveau", "Student Grade"],
    "homeroom": ["Homeroom", "Home_Room", "Home Room", "Classe", "Homeroom Teacher"],
    "school": ["School", "School Name", "École", "Entity"],
    "kind": ["Kind", "role"],
    "status": ["Status", "Enroll_Status", "Enrolment Status"],
    "restricted": ["Restricted", "Do Not Publish", "Ne pas publier"],
    "signer": ["Signer", "Parent/Guardian Name", "Signed by", "Parent/Guardian Signature"],
    "expires": ["Expires", "Expiry Date", "Consent Expires", "Valide jusqu'au"],
    "photo:website": ["photo:website", "photo_website", "Photo Website", "PHOTOWEBSITE",
                      "Photos - school website", "Photo:site web",
                      "May we publish your child's photo on the school website?",
                      "Photo consent [Website]", "Publier des photos sur le site web"],
    "photo:social_media": ["photo:réseaux sociaux", "Photo_Social_Media", "photo social media",
                           "Do you give permission for your child's picture to be posted on "
                           "social media?"],
    "video:news_media": ["video:news_media", "Video (news media)", "Vidéo:médias d'information"],
    "name:website": ["name:website", "Name Website", "Nom:site web"],
    "first_name:website": ["first_name:website", "First_Name_Website", "Prénom:site web"],
    "full_name:social_media": ["full_name:social_media", "Full name on social media"],
    "photo": ["photo", "Photos"],
    "video": ["video"],
    "work": ["work", "Student work"],
    "photo:all": ["Photo consent", "Autorisation photo"],
    "photo:website,video:website": ["Photos and videos on the school website"],
}  # fmt: skip
UNCLEAR = [
    "I do NOT consent to my child's photo on the website", "Photo opt-out website",
    "Photos on the website except Facebook", "Photo on Facebook", "Photo in the yearbook",
    "No photo on website", "Media Release", "May we take your child's photo?", "Photo day",
    "Ne pas publier la photo sur le site web", "Refuse photo website", "Website",
    "First name with photo on the website", "Photo website without name", "Class photo website",
    "Consent", "Photo newspaper", "", "***", "ID", "Number", "Date", "Parent First Name",
    "Emergency contact first name", "Doctor name",
]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "field"), [(text, field) for field, texts in FIELDS.items() for text in texts]
)
def test_known_headings(heading: str, field: str) -> None:
    assert field_of(heading)[0] == field


@pytest.mark.parametrize("heading", UNCLEAR)
def test_headings_that_permit_nothing(heading: str) -> None:
    assert not permission_keys(field_of(heading)[0])
    assert field_of(heading)[0] not in {"student_number", "first_name", "last_name"}


@pytest.mark.parametrize(
    "heading",
    ["Birth Date", "Date of Birth", "DOB", "Home Address", "Phone 1", "Parent Email", "Allergies",
     "Custody", "Mother's Name", "Emergency Contact 2", "Date de naissance", "orgSourcedIds",
     "Timestamp", "Gender", "Legal Alert", "Notes", "ID"],
)  # fmt: skip
def test_unneeded_headings(heading: str) -> None:
    assert is_unneeded(heading)
    assert field_of(heading)[0] == ""


@pytest.mark.parametrize("heading", ["Shoe Size", "Parent photo consent", "Media release (email)"])
def test_headings_worth_a_word(heading: str) -> None:
    assert not is_unneeded(heading)


def test_permission_keys() -> None:
    assert [key_name(key) for key in permission_keys("photo:website")] == ["photo:website"]
    assert len(permission_keys("photo")) == 3
    assert {key[0] for key in permission_keys("name")} == {"full_name", "first_name"}
    assert len(permission_keys("name")) == 6
    assert len(permission_keys("first_name:all")) == 3
    assert permission_keys("first_name") == ()
    assert permission_keys("grade") == permission_keys("photo:moon") == permission_keys("") == ()


@pytest.mark.parametrize(
    ("text", "field"),
    [("First Name", "first_name"), ("PHOTO_WEBSITE", "photo:website"), ("photo: website",
     "photo:website"), ("last-first", "last_first"), ("name", "name"), ("ignore", "ignore"),
     ("photo, video", "photo,video"), ("name_news_media", "name:news_media"), ("shoe", "")],
)  # fmt: skip
def test_fields_of_mapping_files(text: str, field: str) -> None:
    assert parse_field(text) == field
