"""The look: readable in both palettes, one sheet, every icon drawn."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from smassistant.domain.findings import Severity
from ui import icons, theme
from ui.pages import ALL_PAGES

UI = Path(theme.__file__).parent
BOTH = pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor | str, other: QColor | str) -> float:
    """WCAG 2.2's ratio, from 1 to 21."""
    dark, light = sorted((luminance(QColor(one)), luminance(QColor(other))))
    return (light + 0.05) / (dark + 0.05)


@BOTH
def test_everything_read_has_enough_contrast(colours: theme.Colours) -> None:
    weak = {
        name: round(contrast(text, ground), 2)
        for name, text, ground in theme.pairs(colours)
        if contrast(text, ground) < 4.5
    }
    assert weak == {}


@BOTH
def test_the_pairs_tested_name_every_colour_of_text(colours: theme.Colours) -> None:
    """A colour that is added must be tested too."""
    named = {word for name, _t, _g in theme.pairs(colours) for word in name.split(" on ")}
    assert set(theme.COLOUR_NAMES) - named == {"border", "edge"}


@BOTH
def test_edges_of_fields_can_be_seen(colours: theme.Colours) -> None:
    for ground in (colours.surface, colours.window):
        assert contrast(colours.edge, ground) >= 3


@BOTH
def test_the_palette_of_painted_rows_has_enough_contrast(colours: theme.Colours) -> None:
    palette = theme.palette(colours)
    role = QPalette.ColorRole
    for text, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.PlaceholderText, role.Base),
        (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase),
        (role.HighlightedText, role.Highlight),
        (role.Link, role.Base),
    ):
        assert contrast(palette.color(text), palette.color(ground)) >= 4.5, text


@BOTH
def test_the_sheet_has_no_gaps(colours: theme.Colours) -> None:
    sheet = theme.sheet(colours)
    assert "@" not in sheet
    for address in re.findall(r"url\(sheet:([^)]+)\)", sheet):
        assert (theme.RESOURCES / "icons" / "sheet" / address).is_file(), address


def test_style_sheets_are_set_in_one_place_only() -> None:
    users = [
        path.relative_to(UI)
        for path in UI.rglob("*.py")
        if "setStyleSheet" in path.read_text(encoding="utf-8")
    ]
    assert users == [Path("theme.py")]


def test_every_icon_the_program_names_is_drawn() -> None:
    drawn = {path.stem for path in icons.FOLDER.glob("*.svg")}
    quoted = re.compile(r"""(?:icon|put|put_picture|symbol|pixmap|EmptyNote)\([^"()]*"(\w+)\"""")
    sources = (path.read_text(encoding="utf-8") for path in UI.rglob("*.py"))
    named = set(chain.from_iterable(quoted.findall(text) for text in sources))
    named |= {page.icon for page in ALL_PAGES} | set(theme.SEVERITY_ICONS.values())
    assert len(named) > 20
    assert named - set(theme.COLOUR_NAMES) <= drawn


def test_an_icon_has_the_colour_it_is_asked_for(qapp: QApplication) -> None:
    image = icons.pixmap("block", 48, "danger").toImage()
    solid = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert solid == {theme.colours().danger}


def test_icons_follow_the_theme(qapp: QApplication, qtbot: object) -> None:
    button, label = QPushButton(), QLabel()
    icons.put(button, "block", "danger")
    icons.put_picture(label, "block", 24, "danger")
    before = (button.icon().cacheKey(), label.pixmap().toImage())
    theme.apply(qapp, theme.Scheme.DARK)
    assert button.icon().cacheKey() != before[0]
    assert label.pixmap().toImage() != before[1]


def test_severities_differ_in_shape() -> None:
    assert len({theme.SEVERITY_ICONS[severity] for severity in Severity}) == len(Severity)


def test_a_system_in_high_contrast_keeps_its_own_look(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Asked:
        def contrastPreference(self) -> Qt.ContrastPreference:
            return Qt.ContrastPreference.HighContrast

    class Hints:
        def accessibility(self) -> Asked:
            return Asked()

        def colorScheme(self) -> Qt.ColorScheme:
            return Qt.ColorScheme.Dark

    monkeypatch.setattr(QGuiApplication, "styleHints", Hints)
    theme.apply(qapp, theme.Scheme.SYSTEM)
    assert qapp.styleSheet() == ""
    monkeypatch.undo()


def test_the_systems_scheme_is_followed_unless_one_was_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Hints:
        def colorScheme(self) -> Qt.ColorScheme:
            return Qt.ColorScheme.Dark

    monkeypatch.setattr(QGuiApplication, "styleHints", Hints)
    assert theme.chosen(theme.Scheme.SYSTEM) is theme.DARK
    assert theme.chosen(theme.Scheme.LIGHT) is theme.LIGHT
