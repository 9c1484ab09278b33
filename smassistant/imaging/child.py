"""The process that opens pictures: whatever a file does to it, the program goes on.

It answers one question at a time over its standard input and output, ends with the program or when
nobody has asked for a while, and starts anew with the next question (see `worker`). Argument: the
memory it may take, in bytes, if not the usual.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO, get_type_hints

if __name__ == "__main__":  # started by its path: the program's packages lie two folders up
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from smassistant.errors import UserError
from smassistant.i18n import set_language
from smassistant.imaging.bounds import give_back_memory, limit_memory, most_taken
from smassistant.imaging.reader import LocalPhotoReader
from smassistant.imaging.wire import Frame, pack, receive, send, unpack
from smassistant.jobs import Task

# A picture of 100 megapixels takes 0.3 GB as it stands, and is there a few times while it is read.
MOST_MEMORY = 3_000_000_000  # bytes
GROWN = 3  # a third of it once taken: a library may keep some for ever, so start afresh
IDLE = 180.0  # seconds without a question, after which memory is given back


def main() -> None:
    """Answer until nobody asks any more."""
    allowed = int(sys.argv[1]) if sys.argv[1:] else MOST_MEMORY
    limit_memory(allowed)
    give_back_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program that asks
    asked, answers = _own_channel()
    questions: SimpleQueue[Frame] = SimpleQueue()
    threading.Thread(target=_listen, args=(asked, questions), daemon=True).start()
    reader = LocalPhotoReader()
    while True:
        try:
            question = questions.get(timeout=IDLE)
        except Empty:
            os._exit(0)  # the other thread waits for the program and could not be ended
        send(answers, _answer(reader, question, answers))
        if most_taken() > allowed // GROWN:
            os._exit(0)  # the next question finds a fresh one


def _own_channel() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the program, out of reach of libraries that read or print."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for taken in (0, 1, 2):
        os.dup2(nothing, taken)
    return asked, answers


def _listen(asked: BinaryIO, questions: SimpleQueue[Frame]) -> None:
    """Take in questions; when the program is gone, end in the middle of whatever is done."""
    try:
        while True:
            questions.put(receive(asked))
    except (EOFError, OSError, ValueError):
        os._exit(0)


def _answer(reader: LocalPhotoReader, question: Frame, answers: BinaryIO) -> Frame:
    """What the reader's method gives, or the error it raises."""
    set_language(question.head["language"])
    try:
        method = getattr(reader, question.head["method"])
        hints = get_type_hints(method)
        given = {
            name: unpack(hints[name], plain, question.blobs)
            for name, plain in question.head["given"].items()
        }
        if "task" in hints:
            given["task"] = Task(lambda *step: send(answers, Frame({"progress": step})))
        blobs: list[bytes] = []
        return Frame({"result": pack(method(**given), blobs)}, blobs)
    except UserError as error:
        return Frame({"trouble": [error.title, error.explanation, error.next_step]})
    except MemoryError:
        return Frame({"memory": True})
    except Exception as error:  # noqa: BLE001 - whatever a library raises is told, not its words
        return Frame({"memory": True} if _no_memory(error) else {"fault": type(error).__name__})


def _no_memory(error: Any) -> bool:
    """Whether OpenCV or a runtime says in its own way that there is not enough memory."""
    return "nsufficient memory" in str(error) or "bad_alloc" in str(error)


if __name__ == "__main__":
    main()
