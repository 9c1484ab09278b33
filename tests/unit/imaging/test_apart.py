"""Pictures are opened in a process of their own: whatever happens there, the program goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from smassistant.domain.pictures import Edit, FoundFace
from smassistant.errors import Cancelled, UserError
from smassistant.i18n import set_language
from smassistant.imaging.apart import PhotoReaderApart
from smassistant.imaging.reader import LocalPhotoReader
from smassistant.imaging.wire import Frame
from smassistant.imaging.worker import COMMAND, Worker
from smassistant.jobs import Task
from smassistant.ports import PhotoReader
from tests.unit.imaging.pictures import four_corners, group, noise, saved

ROOT = Path(__file__).resolve().parents[3]
PHOTO = saved(group([(60, 100), (340, 100)], 220))

# A worker that does what its question says, in the place of the one that opens pictures.
ODD = f"""
import os, sys, time
sys.path.insert(0, {str(ROOT)!r})
from smassistant.imaging.wire import Frame, receive, send
asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
while True:
    question = receive(asked)
    for step in range(question.head.get("steps", 0)):
        send(answers, Frame({{"progress": [step, 2, ""]}}))
    if question.head["do"] == "sleep":
        time.sleep(60)
    if question.head["do"] == "litter":
        from smassistant.imaging.scratch import scratch_folder
        (scratch_folder() / "clip.mp4").write_bytes(b"faces")
        send(answers, Frame({{"progress": [0, 1, ""]}}))
        time.sleep(60)
    if question.head["do"] == "die":
        os.kill(os.getpid(), 11)
    if question.head["do"] == "leave":
        os._exit(0)
    if question.head["do"] == "leave once":
        try:
            open(question.head["note"], "x").close()
            os._exit(0)
        except FileExistsError:
            pass
    if question.head["do"] == "babble":
        os.write(1, b"libjpeg warning: " * 9)
    send(answers, Frame({{"pid": os.getpid()}}))
"""


@pytest.fixture(scope="module")
def shared() -> Iterator[PhotoReaderApart]:
    made = PhotoReaderApart()
    yield made
    made.close()


@pytest.fixture
def odd() -> Iterator[Worker]:
    made = Worker([sys.executable, "-c", ODD])
    yield made
    made.close()


def ask(
    worker: Worker, do: str, seconds: float = 30, task: Task | None = None, **more: object
) -> int:
    pid = worker.ask(Frame({"do": do, **more}), seconds, task or Task()).head["pid"]
    assert isinstance(pid, int)
    return pid


def test_it_answers_as_the_reader_would(shared: PhotoReaderApart) -> None:
    here: PhotoReader = LocalPhotoReader()
    there: PhotoReader = shared
    read = there.read(PHOTO, "class.jpg")
    assert read == here.read(PHOTO, "class.jpg")
    boxes = [one.box for one in read.faces]
    assert isinstance(read.faces[0], FoundFace)
    assert there.export(read.working, boxes, 400, 40_000, Edit()) == here.export(
        read.working, boxes, 400, 40_000, Edit()
    )


def test_errors_come_back_in_the_language_of_the_window(shared: PhotoReaderApart) -> None:
    with pytest.raises(UserError) as english:
        shared.read(b"nonsense")
    set_language("fr")
    with pytest.raises(UserError) as french:
        shared.read(b"nonsense")
    assert english.value.title == "This is not a picture."
    assert french.value.title != english.value.title
    assert french.value.explanation
    assert french.value.next_step


def test_this_process_loads_no_vision_library() -> None:
    code = (
        "import sys; from smassistant.imaging.apart import PhotoReaderApart;"
        "read = PhotoReaderApart().read(sys.stdin.buffer.read());"
        "heavy = ('cv2', 'PIL', 'numpy', 'pi_heif', 'onnxruntime', 'rapidocr');"
        "sys.stdout.write(f'{len(read.faces)} {[name for name in heavy if name in sys.modules]}')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=PHOTO, capture_output=True, check=True, cwd=ROOT
    )
    assert done.stdout.decode() == "2 []"


def test_it_starts_with_the_first_picture_only() -> None:
    worker = Worker()
    reader = PhotoReaderApart(worker)
    assert worker.pid is None
    reader.read(PHOTO)
    assert worker.pid is not None
    reader.close()
    assert worker.pid is None
    with pytest.raises(Cancelled):
        reader.read(PHOTO)


def test_it_starts_wherever_the_program_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "json.py").write_text("raise SystemExit")  # nothing lying there is taken for ours
    reader = PhotoReaderApart()
    assert len(reader.read(PHOTO).faces) == 2
    reader.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("do", ["die", "leave", "babble"])
def test_a_process_that_breaks_off_costs_one_picture(odd: Worker, do: str) -> None:
    first = ask(odd, "answer")
    with pytest.raises(UserError, match="can't be used") as caught:
        ask(odd, do)
    assert caught.value.next_step
    assert ask(odd, "answer") != first


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_process_killed_from_outside_is_replaced(odd: Worker) -> None:
    first = ask(odd, "answer")
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert ask(odd, "answer") != first


def test_a_process_that_went_to_rest_in_between_is_asked_again(odd: Worker, tmp_path: Path) -> None:
    assert ask(odd, "leave once", note=str(tmp_path / "note"))


def test_a_question_has_its_time(odd: Worker) -> None:
    started = time.monotonic()
    with pytest.raises(UserError, match="too long"):
        ask(odd, "sleep", seconds=0.3)
    assert time.monotonic() - started < 5
    assert ask(odd, "answer")


def test_cancelling_ends_at_once_what_is_done(odd: Worker) -> None:
    task = Task()
    threading.Timer(0.2, task.cancel).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        ask(odd, "sleep", task=task)
    assert time.monotonic() - started < 5
    assert odd.pid is None
    assert ask(odd, "answer")


def test_nothing_stays_of_what_a_killed_process_wrote(
    odd: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[Path] = []

    def stop(*_progress: object) -> None:
        seen.extend(tmp_path.rglob("clip.mp4"))
        task.cancel()

    task = Task(stop)
    with pytest.raises(Cancelled):
        ask(odd, "litter", task=task)
    assert seen
    assert not list(tmp_path.iterdir())


def test_who_waits_for_a_turn_can_cancel_too(odd: Worker) -> None:
    first, second = Task(), Task()
    caught: list[BaseException] = []

    def sleep() -> None:
        try:
            ask(odd, "sleep", task=first)
        except Cancelled as error:
            caught.append(error)

    busy = threading.Thread(target=sleep)
    busy.start()
    while odd.pid is None:
        busy.join(0.01)
    pid = odd.pid
    second.cancel()
    with pytest.raises(Cancelled):
        ask(odd, "answer", task=second)
    assert odd.pid == pid, "the other's work goes on"
    first.cancel()
    busy.join()
    assert caught


def test_closing_ends_what_is_done(odd: Worker) -> None:
    closing = threading.Timer(0.2, odd.close)
    closing.start()
    with pytest.raises(Cancelled):
        ask(odd, "sleep")
    closing.join()


def test_progress_reaches_the_task(odd: Worker) -> None:
    steps: list[tuple[int, int, str]] = []
    ask(odd, "answer", task=Task(lambda *step: steps.append(step)), steps=2)
    assert steps == [(0, 2, ""), (1, 2, "")]


def test_many_may_ask_at_the_same_time(shared: PhotoReaderApart) -> None:
    pictures = [saved(noise(60 + n, 40)) for n in range(6)]
    sizes: dict[int, int] = {}
    threads = [
        threading.Thread(target=lambda n=n: sizes.update({n: shared.read(pictures[n]).width}))
        for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sizes == {n: 60 + n for n in range(6)}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_it_ends_with_a_program_that_is_killed() -> None:
    code = (
        "import sys; from smassistant.imaging.apart import PhotoReaderApart;"
        "reader = PhotoReaderApart(); reader.read(sys.stdin.buffer.read());"
        "print(reader._worker.pid, flush=True); __import__('time').sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(PHOTO)
        program.stdin.close()
        child = int(program.stdout.readline())
        program.kill()
    deadline = time.monotonic() + 10
    while alive(child):
        assert time.monotonic() < deadline
    assert not alive(child)


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not fetched by its new parent does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"


def test_a_reader_nobody_keeps_ends_its_process() -> None:
    worker = Worker()
    PhotoReaderApart(worker).read(saved(four_corners()))
    process = worker._held.process
    assert process is not None
    del worker
    assert process.poll() is not None


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="memory is limited otherwise there")
def test_a_picture_that_wants_too_much_memory_is_refused_alone() -> None:
    worker = Worker([*COMMAND, str(600_000_000)])
    reader = PhotoReaderApart(worker)
    large = saved(Image.new("RGB", (11000, 10000)), "PNG")
    with pytest.raises(UserError, match="too much memory") as caught:
        reader.read(large)
    assert caught.value.next_step
    assert len(reader.read(PHOTO).faces) == 2
    reader.close()


def test_memory_a_large_picture_took_is_given_back() -> None:
    worker = Worker([*COMMAND, str(900_000_000)])
    reader = PhotoReaderApart(worker)
    read = reader.read(saved(Image.new("RGB", (9000, 5000), "white"), "PNG"))
    assert (read.full_size, read.faces) == ((9000, 5000), ())
    process = worker._held.process
    assert process is not None
    assert process.wait(10) == 0
    assert len(reader.read(PHOTO).faces) == 2
    reader.close()
