"""From whatever colours a file has to plain 8-bit sRGB, as a browser would show them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

STRIP = 64  # rows
_WIDE_MODES = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")
_PROFILED_MODES = ("L", "RGB", "CMYK", "LAB")


def to_srgb(image: Image.Image) -> Image.Image:
    """A new RGB picture in sRGB: 16 bits scaled, transparent parts white, profile applied."""
    plain = _on_white(_eight_bit(image))
    if plain.mode not in _PROFILED_MODES:
        plain = plain.convert("L" if plain.mode == "1" else "RGB")
    plain = _by_profile(plain, image.info.get("icc_profile")) or plain
    fresh = Image.new("RGB", image.size)
    fresh.paste(plain if plain.mode == "RGB" else plain.convert("RGB"))
    return fresh


def _eight_bit(image: Image.Image) -> Image.Image:
    """Grey with more than 8 bits divided down; Pillow alone would clip it to white."""
    if image.mode not in _WIDE_MODES:
        return image
    values = np.asarray(image)
    top = max((float(strip.max(initial=0)) for strip in _strips(values)), default=0)
    if image.mode.startswith("I;16") or 255 < top <= 65535:
        scale = 1 / 257
    elif top > 65535:
        scale = 255 / top
    else:
        # Whole numbers up to 255 are grey as it stands; fractions run from 0 to 1.
        scale = 255.0 if image.mode == "F" and top <= 1 else 1.0
    grey = [np.clip(strip * scale + 0.5, 0, 255).astype(np.uint8) for strip in _strips(values)]
    return Image.fromarray(np.concatenate(grey))


def _strips(values: NDArray[Any]) -> Iterator[NDArray[np.float64]]:
    """Some rows at a time, exact: all at once would take eight bytes a pixel."""
    for top in range(0, len(values), STRIP):
        yield np.nan_to_num(values[top : top + STRIP].astype(np.float64))


def _on_white(image: Image.Image) -> Image.Image:
    """What is transparent shown on white; dropping the alpha alone would show hidden pixels."""
    if not image.has_transparency_data:
        return image
    seen = image.convert("RGBA")
    white = Image.new("RGB", image.size, "white")
    white.paste(seen, mask=seen.getchannel("A"))
    return white


def _by_profile(image: Image.Image, profile: bytes | None) -> Image.Image | None:
    """The picture converted from its colour profile; None where there is none of use."""
    if not profile:
        return None
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if image.mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(source):
            return None
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return None
