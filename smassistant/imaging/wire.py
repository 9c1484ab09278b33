"""What crosses the pipe to the process that reads pictures: plain data and bytes, no code.

A frame is a JSON head and byte strings; what is read is built only from shapes that the reader of
the frame names itself.
"""

from __future__ import annotations

import json
import struct
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, BinaryIO, TypeVar, Union, get_args, get_origin, get_type_hints

# A frame larger than these is none of ours: 100 MB is the largest picture, 250 a clip.
MOST_HEAD, MOST_BYTES = 64_000_000, 600_000_000
_LENGTH = struct.Struct(">I")
_PLAIN = (str, int, float, bool, type(None))

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: a head of plain data, and the byte strings it points into."""

    head: dict[str, Any]
    blobs: Sequence[bytes] = ()


def send(stream: BinaryIO, frame: Frame) -> None:
    """Write a frame. Raises OSError where nobody reads any more."""
    lengths = [len(blob) for blob in frame.blobs]
    head = json.dumps([frame.head, lengths], allow_nan=False).encode()
    stream.write(_LENGTH.pack(len(head)) + head)
    for blob in frame.blobs:
        stream.write(blob)
    stream.flush()


def receive(stream: BinaryIO) -> Frame:
    """Read a frame. Raises EOFError at the end, ValueError for what is no frame."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > MOST_HEAD:
        raise ValueError("no frame")
    head, lengths = json.loads(_exactly(stream, length))
    if not isinstance(head, dict) or min(lengths, default=0) < 0 or sum(lengths) > MOST_BYTES:
        raise ValueError("no frame")
    return Frame(head, tuple(_exactly(stream, each) for each in lengths))


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def pack(value: Any, blobs: list[bytes]) -> Any:
    """`value` as plain data: a shape as the list of its fields, bytes as a place in `blobs`."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, bytes):
        blobs.append(value)
        return len(blobs) - 1
    if isinstance(value, Mapping):
        return [[pack(key, blobs), pack(part, blobs)] for key, part in value.items()]
    if isinstance(value, Sequence):
        return [pack(part, blobs) for part in value]
    if is_dataclass(value):
        return [pack(getattr(value, field.name), blobs) for field in fields(value)]
    raise TypeError(type(value).__name__)


def unpack(shape: Any, plain: Any, blobs: Sequence[bytes]) -> Any:
    """The value of type `shape` that `pack` made `plain` of. Raises ValueError for another.

    Shapes are dataclasses, enums, bytes, plain types, and tuples, sequences, mappings and
    optionals of them.
    """
    try:
        return _unpacked(shape, plain, blobs)
    except (LookupError, TypeError) as error:
        raise ValueError("not of this shape") from error


def _unpacked(shape: Any, plain: Any, blobs: Sequence[bytes]) -> Any:
    kind: Any = get_origin(shape) or shape
    if kind in (Union, types.UnionType):
        return _one_of(get_args(shape), plain, blobs)
    if kind is float and type(plain) is int:
        return float(plain)
    if kind in _PLAIN:
        if type(plain) is not kind:
            raise ValueError("not of this shape")
        return plain
    if kind is bytes:
        if type(plain) is not int or plain < 0:
            raise ValueError("not of this shape")
        return blobs[plain]
    if issubclass(kind, Enum):
        return kind(plain)
    if type(plain) is not list:
        raise ValueError("not of this shape")
    if is_dataclass(kind):
        return _shaped(kind, plain, blobs)
    return _many(kind, get_args(shape), plain, blobs)


def _shaped(kind: Any, plain: list[Any], blobs: Sequence[bytes]) -> Any:
    parts = zip(_hints(kind).values(), plain, strict=True)
    return kind(*(_unpacked(hint, part, blobs) for hint, part in parts))


def _one_of(shapes: tuple[Any, ...], plain: Any, blobs: Sequence[bytes]) -> Any:
    """An optional value; other unions never cross the pipe."""
    if plain is None and type(None) in shapes:
        return None
    (shape,) = (each for each in shapes if each is not type(None))
    return _unpacked(shape, plain, blobs)


def _many(kind: Any, parts: tuple[Any, ...], plain: list[Any], blobs: Sequence[bytes]) -> Any:
    if issubclass(kind, Mapping):
        first, second = parts
        return {_unpacked(first, key, blobs): _unpacked(second, part, blobs) for key, part in plain}
    if kind is tuple and parts[-1:] != (...,):
        pairs = zip(parts, plain, strict=True)
        return tuple(_unpacked(part, one, blobs) for part, one in pairs)
    if not issubclass(kind, Sequence):
        raise ValueError("not of this shape")
    return tuple(_unpacked(parts[0], one, blobs) for one in plain)


@cache
def _hints(shape: Any) -> dict[str, Any]:
    hints = get_type_hints(shape)
    return {field.name: hints[field.name] for field in fields(shape)}
