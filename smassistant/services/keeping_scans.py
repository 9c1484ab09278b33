"""Scans of signed forms: kept in the encrypted database, beside the decisions they prove."""

from __future__ import annotations

from collections.abc import Iterable

from smassistant.context import Context
from smassistant.domain.scans import MAX_BYTES, Scan, media_of
from smassistant.domain.users import Right, User
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.services.acting import gone, new_id, record, require

_LONGEST_NAME = 200


def attach_scan(
    context: Context,
    actor: User,
    person_id: str,
    decision_ids: Iterable[str],
    name: str,
    data: bytes,
) -> Scan:
    """Keep the scan of a form; UserError unless it is a PDF, JPEG or PNG of at most 10 MB."""
    require(actor, Right.KEEP_REGISTRY)
    media = checked_media(data)
    wanted = tuple(dict.fromkeys(decision_ids))
    with context.store.write() as work:
        if work.people.get(person_id) is None:
            raise gone(_("This person"))
        if not {line.id for line in work.consents.of(person_id)}.issuperset(wanted):
            raise gone(_("The decision"))
        scan = Scan(
            new_id(), person_id, wanted, _plain_name(name), media, len(data), actor.id,
            context.clock.now(),
        )  # fmt: skip
        work.scans.add(scan, data)
        record(context, work, actor, "scan.attached", person_id, {"scan": scan.id})
    return scan


def checked_media(data: bytes) -> str:
    """The media type of a scan that can be kept; UserError for any other file."""
    media = media_of(data)
    if not media:
        raise UserError(
            _("This file is not a scan that can be kept."),
            _("A form has to be a PDF, JPEG or PNG file."),
            _("Scan the form again, or save it as PDF."),
        )
    if len(data) > MAX_BYTES:
        raise UserError(
            _("The scan is too large."),
            _("At most 10 MB can be kept."),
            _("Scan it again in grey or with fewer dots per inch."),
        )
    return media


def read_scan(context: Context, actor: User, scan_id: str) -> bytes:
    """The bytes of a scan; that it was opened is written down."""
    require(actor, Right.SEE_REGISTRY, Right.KEEP_REGISTRY)
    with context.store.write() as work:
        scan, data = work.scans.get(scan_id), work.scans.data(scan_id)
        if scan is None or data is None:
            raise gone(_("This scan"))
        record(context, work, actor, "scan.opened", scan.person_id, {"scan": scan.id})
    return data


def _plain_name(name: str) -> str:
    """The file's name without folders and without what can't be seen."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in last if char.isprintable())[-_LONGEST_NAME:] or _("scan")
