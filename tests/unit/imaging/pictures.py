"""Pictures the imaging tests make for themselves: drawn faces, four corners, colour profiles."""

from __future__ import annotations

import struct
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 40), (40, 50, 190), (210, 200, 40)


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The bytes of `image` in a format."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def four_corners(width: int = 96, height: int = 64) -> Image.Image:
    """Red, green, blue, yellow from top left; unlike itself in every turn and mirroring."""
    image = Image.new("RGB", (width, height), RED)
    half_w, half_h = width // 2, height // 2
    image.paste(GREEN, (half_w, 0, width, half_h))
    image.paste(BLUE, (0, half_h, half_w, height))
    image.paste(YELLOW, (half_w, half_h, width, height))
    return image


def noise(width: int, height: int, seed: int = 1) -> Image.Image:
    """A picture no encoder can make small."""
    values = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(values)


def difference(one: Image.Image, two: Image.Image) -> float:
    """The mean difference of two pictures' values; infinite for different sizes."""
    if one.size != two.size:
        return float("inf")
    return float(np.abs(np.asarray(one, float) - np.asarray(two, float)).mean())


@cache
def face(size: int = 128, skin: tuple[int, int, int] = (214, 168, 140)) -> Image.Image:
    """A drawn face, `size` pixels square, its tight box about 0.47 × 0.58 of that.

    Convincing enough for the detector, at nobody's cost.
    """
    scale = size * 4
    image = Image.new("RGB", (scale, scale), (120, 140, 150))
    draw = ImageDraw.Draw(image)
    hair = (60, 40, 30)
    dark = tuple(int(value * 0.75) for value in skin)
    light = tuple(min(255, int(value * 1.12)) for value in skin)

    def oval(x: float, y: float, w: float, h: float, colour: tuple[int, ...]) -> None:
        corners = (x - w, y - h, x + w, y + h)
        draw.ellipse([value * scale for value in corners], fill=colour)

    def line(points: list[tuple[float, float]], width: float, colour: tuple[int, ...]) -> None:
        draw.line([(x * scale, y * scale) for x, y in points], colour, int(width * scale))

    oval(0.5, 1.08, 0.42, 0.25, (60, 80, 140))
    draw.rectangle((0.41 * scale, 0.7 * scale, 0.59 * scale, 0.9 * scale), fill=dark)
    oval(0.5, 0.42, 0.29, 0.34, hair)
    oval(0.5, 0.48, 0.235, 0.31, skin)
    oval(0.5, 0.55, 0.2, 0.24, skin)
    oval(0.5, 0.2, 0.24, 0.1, hair)
    for x in (0.4, 0.6):
        oval(x, 0.52, 0.06, 0.05, light)
        oval(x, 0.455, 0.062, 0.035, dark)
        oval(x, 0.455, 0.045, 0.022, (245, 245, 240))
        oval(x, 0.455, 0.021, 0.021, (50, 35, 25))
        line([(x - 0.06, 0.4), (x, 0.385), (x + 0.06, 0.4)], 0.022, hair)
    nose = [(0.5, 0.47), (0.46, 0.59), (0.54, 0.59)]
    draw.polygon([(x * scale, y * scale) for x, y in nose], fill=dark)
    oval(0.5, 0.57, 0.02, 0.03, light)
    oval(0.5, 0.68, 0.085, 0.03, (170, 80, 80))
    line([(0.415, 0.68), (0.585, 0.68)], 0.008, (90, 30, 30))
    image = image.filter(ImageFilter.GaussianBlur(scale * 0.008))
    return image.resize((size, size), Image.Resampling.LANCZOS)


def group(
    places: list[tuple[int, int]], size: int, canvas: tuple[int, int] = (640, 480)
) -> Image.Image:
    """A photo with a drawn face at each place (left, top), `size` pixels square."""
    photo = Image.new("RGB", canvas, (120, 140, 150))
    for place in places:
        photo.paste(face(size), place)
    return photo


def with_one_lying() -> Image.Image:
    """Three who stand and are found surely, and one upside down below them, who is perhaps one."""
    photo = group([(40, 60), (240, 60), (440, 60)], 48)
    photo.paste(face(48).rotate(180), (250, 280))
    return photo


def _profile(space: bytes, connection: bytes, kind: bytes, tags: dict[bytes, bytes]) -> bytes:
    """An ICC profile (version 2) from its tags."""
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(">I4sI", start + len(body), b"\0\0\0\0", 0x02100000)
    head += kind + space + connection + bytes(12) + b"acsp" + bytes(28)
    head += struct.pack(">iii", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body


def _words(name: bytes) -> bytes:
    return b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name + bytes(1 + 78)


def _xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">iii", *(round(value * 65536) for value in values))


# The primaries of Display P3, adapted to the connection space's white.
P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
GAMMA = 2.2


def p3_profile() -> bytes:
    """An iPhone's colours, with a plain gamma curve."""
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(GAMMA * 256))
    tags = {b"desc": _words(b"P3 of the tests"), b"wtpt": _xyz(0.9642, 1, 0.8249)}
    tags |= {name + b"XYZ": _xyz(*row) for name, row in zip((b"r", b"g", b"b"), P3, strict=True)}
    tags |= {name + b"TRC": curve for name in (b"r", b"g", b"b")}
    return _profile(b"RGB ", b"XYZ ", b"mntr", tags)


def ink_profile() -> bytes:
    """A printer whose coloured inks are all green, so that no rule of thumb converts its CMYK."""
    steps = bytes(range(256))
    white, green, black = bytes([255, 128, 128]), bytes([128, 60, 180]), bytes([0, 128, 128])
    # Black ink is the last of the four and so varies first.
    corners = (white + black) + (green + black) * 7
    identity = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + identity + steps * 4 + corners + steps * 3
    tags = {b"desc": _words(b"Ink of the tests"), b"wtpt": _xyz(0.9642, 1, 0.8249), b"A2B0": table}
    return _profile(b"CMYK", b"Lab ", b"prtr", tags)


def sign(*lines: str, height: int = 34) -> Image.Image:
    """A white sign with black lines; capitals are about 0.7 of `height` pixels high."""
    font = ImageFont.load_default(height)
    width = int(max(font.getbbox(line)[2] for line in lines)) + 2 * height
    image = Image.new("RGB", (width, int((len(lines) * 1.6 + 0.8) * height)), "white")
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        draw.text((height, (0.6 + 1.6 * row) * height), line, "black", font=font)
    return image
