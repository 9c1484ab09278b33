"""How the window looks: two palettes, one sheet, three sizes of text, an 8-pixel grid."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLayout, QWidget

from smassistant.domain.findings import Severity

RESOURCES = Path(__file__).resolve().parent.parent / "resources"

GRID = 8
GAP = GRID  # between things that belong together
SPACE = 2 * GRID  # between groups, and inside cards
MARGIN = 3 * GRID  # around a page
TARGET = 32  # the least height of anything to click
ICON = QSize(20, 20)

_SIZES = {0: 1.8, 1: 1.45, 2: 1.15, 3: 1.0}  # of headings, as multiples of the system's text

# The shape goes with a word wherever it stands, so that colour is never alone.
SEVERITY_ICONS = {Severity.BLOCK: "block", Severity.WARN: "warning", Severity.ADVICE: "advice"}


class Scheme(StrEnum):
    """What a person may choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Colours:
    """Colours by what they mean; everything read reaches 4.5:1 on what it stands on."""

    dark: bool
    window: str  # behind everything
    surface: str  # cards, lists, fields
    raised: str  # what lies under the mouse
    sidebar: str
    border: str  # around cards
    edge: str  # around fields and buttons: 3:1 on the surface
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str  # behind what is selected
    on_accent_soft: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    ok: str
    ok_soft: str
    disabled: str

    def severity(self, severity: Severity) -> str:
        """The colour of a finding's word and shape."""
        return {Severity.BLOCK: self.danger, Severity.WARN: self.warning}.get(severity, self.accent)


LIGHT = Colours(
    dark=False,
    window="#f5f6f8",
    surface="#ffffff",
    raised="#eef1f5",
    sidebar="#eceff3",
    border="#dce1e8",
    edge="#858f9d",
    text="#1a2230",
    muted="#525d6d",
    accent="#1f5fbf",
    accent_hover="#194e9e",
    on_accent="#ffffff",
    accent_soft="#dfeafb",
    on_accent_soft="#143f82",
    danger="#b3261e",
    danger_soft="#fdecea",
    warning="#835400",
    warning_soft="#fff4dc",
    ok="#1d6b3a",
    ok_soft="#e4f4ea",
    disabled="#5f6876",
)

DARK = Colours(
    dark=True,
    window="#14181e",
    surface="#1d232b",
    raised="#29313b",
    sidebar="#191e25",
    border="#323b47",
    edge="#75808f",
    text="#e7ebf1",
    muted="#a8b3c1",
    accent="#8ab4f8",
    accent_hover="#a9c8fb",
    on_accent="#0f1f38",
    accent_soft="#263a58",
    on_accent_soft="#d5e4fd",
    danger="#ff9a8f",
    danger_soft="#43211f",
    warning="#f2c063",
    warning_soft="#3d3018",
    ok="#7fd49b",
    ok_soft="#1b3626",
    disabled="#94a0b0",
)


class _Announcer(QObject):
    changed = Signal()


_current = LIGHT
_announcer: _Announcer | None = None


def colours() -> Colours:
    """The colours in use now."""
    return _current


def changes() -> _Announcer:
    """Its `changed` tells whoever paints by hand that the colours are others now."""
    global _announcer
    if _announcer is None:
        _announcer = _Announcer()
    return _announcer


def chosen(scheme: Scheme) -> Colours:
    """The colours for a choice; for "system", what the system asks for."""
    if scheme is Scheme.SYSTEM:
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    else:
        dark = scheme is Scheme.DARK
    return DARK if dark else LIGHT


def apply(app: QApplication, scheme: Scheme) -> None:
    """Dress the program: palette, sheet, icons. A system in high contrast keeps its own look."""
    from ui import icons

    global _current
    QDir.setSearchPaths("sheet", [str(RESOURCES / "icons" / "sheet")])
    _current = chosen(scheme)
    if _high_contrast():
        app.setPalette(QPalette())
        app.setStyleSheet("")
    else:
        app.setPalette(palette(_current))
        app.setStyleSheet(sheet(_current))
    icons.repaint_all(app)
    changes().changed.emit()


def _high_contrast() -> bool:
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):  # before Qt 6.10
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def palette(c: Colours) -> QPalette:
    """The palette for what the sheet does not name, such as painted rows and tool tips."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    result = QPalette(QColor(c.window))
    for where, value in (
        (role.Window, c.window),
        (role.WindowText, c.text),
        (role.Base, c.surface),
        (role.AlternateBase, c.window),
        (role.Text, c.text),
        (role.PlaceholderText, c.muted),
        (role.Button, c.surface),
        (role.ButtonText, c.text),
        (role.BrightText, c.danger),
        (role.ToolTipBase, c.surface),
        (role.ToolTipText, c.text),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.Link, c.accent),
        (role.LinkVisited, c.accent),
        (role.Accent, c.accent),
        (role.Mid, c.border),
        (role.Dark, c.edge),
        (role.Light, c.raised),
    ):
        result.setColor(where, QColor(value))
    for where in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(group.Disabled, where, QColor(c.disabled))
    result.setColor(group.Disabled, role.Highlight, QColor(c.border))
    return result


def sheet(c: Colours) -> str:
    """The one style sheet, with the colours filled in for its `@name@` marks."""
    text = (RESOURCES / "style.qss").read_text(encoding="utf-8")
    for name, value in asdict(c).items():
        text = text.replace(f"@{name}@", str(value))
    here, there = ("dark", "light") if c.dark else ("light", "dark")
    return text.replace("@scheme@", here).replace("@opposite@", there)


def pairs(c: Colours) -> list[tuple[str, str, str]]:
    """Every (name, text colour, ground) that is read somewhere; the contrast test walks it."""
    grounds = ("window", "surface", "raised", "sidebar")
    read = ("text", "muted", "accent", "danger", "warning", "ok", "disabled")
    found = [(f"{t} on {g}", getattr(c, t), getattr(c, g)) for t in read for g in grounds]
    for name in ("danger", "warning", "ok"):
        ground = getattr(c, f"{name}_soft")
        found += [(f"{t} on {name}_soft", getattr(c, t), ground) for t in (name, "text", "muted")]
    found += [
        ("on_accent on accent", c.on_accent, c.accent),
        ("on_accent on accent_hover", c.on_accent, c.accent_hover),
        ("on_accent_soft on accent_soft", c.on_accent_soft, c.accent_soft),
        ("text on accent_soft", c.text, c.accent_soft),
        ("muted on accent_soft", c.muted, c.accent_soft),
    ]
    return found


def heading(text: str, level: int = 1) -> QLabel:
    """A heading: 0 the program's own, 1 a page's title, 2 a group's, 3 a field's."""
    label = QLabel(text)
    label.setFont(font(level))
    label.setWordWrap(level < 2)
    label.setProperty("heading", level)
    return label


def font(level: int) -> QFont:
    """The system's font in the size and weight of a heading's level."""
    result = QApplication.font()
    result.setPointSizeF(result.pointSizeF() * _SIZES[level])
    result.setWeight(QFont.Weight.DemiBold)
    return result


def note(text: str = "", role: str = "muted") -> QLabel:
    """A wrapped line of small print; `role` "muted", "danger", "warning" or "ok" is its colour."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another role in the sheet ("primary", "danger", "link" …) and show it."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Show a changed property that the sheet looks at."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def pad(layout: QLayout, around: int = 0, between: int = GAP) -> None:
    """Set a layout's margins and spacing from the grid."""
    layout.setContentsMargins(around, around, around, around)
    layout.setSpacing(between)


COLOUR_NAMES = tuple(field.name for field in fields(Colours) if field.name != "dark")
