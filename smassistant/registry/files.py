"""Open a roster file whatever it is called, and say plainly what it is if it is no roster."""

from __future__ import annotations

from pathlib import Path

from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.registry.delimited import DelimitedTable, delimited_tables
from smassistant.registry.tables import LARGEST, refused
from smassistant.registry.workbooks import SheetTable, sheet_tables

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<style")


def open_tables(path: Path) -> list[DelimitedTable] | list[SheetTable]:
    """The ways to read the file as rows: one for each delimiter, or for each visible sheet.

    The content decides, not the name. Raises UserError for a file that is no roster.
    """
    data = _content(path)
    if data.startswith(b"PK\x03\x04"):
        return sheet_tables(data)
    _refuse_known_kinds(data)
    return delimited_tables(data)


def _content(path: Path) -> bytes:
    """The bytes of the file."""
    try:
        if path.is_dir():
            raise refused(
                _("{name} is a folder, not a file.").format(name=path.name or path),
                next_step=_("Choose the file with the list of people."),
            )
        if not path.exists():
            raise refused(
                _("There is no file {name}.").format(name=path.name),
                next_step=_("Check where the list was saved and choose it again."),
            )
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise refused(_("{name} is too large for a list of people.").format(name=path.name))
        data = _read_whole(path)
    except (OSError, ValueError) as error:
        raise refused(
            _("The file {name} can't be opened.").format(name=path.name),
            next_step=_("Close it in other programs, check that you may read it, and try again."),
        ) from error
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise refused(_("The file {name} is empty.").format(name=path.name))
    return data


def _read_whole(path: Path) -> bytes:
    """The bytes, if nobody writes to the file meanwhile."""
    if path.name.startswith(("~$", ".~lock")):
        raise refused(
            _("{name} only marks a list that is open in another program.").format(name=path.name),
            next_step=_("Choose the list itself; its name is the same without the first signs."),
        )
    before = path.stat()
    data = path.read_bytes()
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
        data
    ) != after.st_size:
        raise refused(
            _("The file {name} is still being written.").format(name=path.name),
            next_step=_("Wait until the export has finished and choose it again."),
        )
    return data


def _refuse_known_kinds(data: bytes) -> None:
    """Files that are often mistaken for a roster."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(_OLD_OFFICE):
        raise _old_office(data)
    if start.startswith(_PAGES):
        raise refused(
            _("The file is a web page, though it may be called a spreadsheet."),
            next_step=_("Open it in your spreadsheet program and save it as XLSX or CSV."),
        )
    if start.startswith(b"<?xml"):
        raise refused(
            _("The file is an XML document, not a list."),
            next_step=_("Open it in your spreadsheet program and save it as XLSX or CSV."),
        )
    if start.startswith(b"%pdf"):
        raise refused(_("The file is a PDF document, which can't be read as a list."))
    if start.startswith(b"{\\rtf"):
        raise refused(_("The file is a text document (RTF), not a list."))


def _old_office(data: bytes) -> UserError:
    """A workbook with a password, or one of the old kind."""
    if _PROTECTED in data:
        return refused(
            _("The workbook is protected with a password."),
            next_step=_("Save a copy without a password, or save the list as CSV."),
        )
    return refused(
        _("The file is in the old Excel format (XLS), which can't be read."),
        next_step=_("Open it in your spreadsheet program and save it as XLSX or CSV."),
    )
