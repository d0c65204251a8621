"""Reads what takes long in a process of its own, since a thread that reads slows every key of the screen.

The process is another Python of this program. It gets what is to be read through its input and answers through its
output, so that the system's list of processes shows neither a file nor a name. It ends once its input does: that stops
a reading, and nothing goes on reading when the program has ended in whatever way.

Why a file was refused is said in that process, as a whole sentence: it is told the language in use, and loads the
sentences of that language for itself.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO, Any, NamedTuple, Protocol, TypeVar

from metaoptout_tui.core.errors import FileRefused, MetaOptOutError
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.translation import ENGLISH, Catalogue, language_in_use, mark, use_catalogue
from metaoptout_tui.core.language.translation import gettext as _

READ_HERE_UP_TO_BYTES = 2 << 20
"""Less than so much is read sooner than another process has begun."""

ENDED_BY_ITSELF = mark(
    "The reading ended by itself. The computer may have too little memory left. Close other programs and try again."
)
NOT_STOPPED_IN_TIME = mark("It was still reading when you stopped it, so nothing of it is shown.")

_GROWTH_OF_ZIPS = 8
_SECONDS_BETWEEN_LOOKS = 0.05
_SECONDS_TO_STOP = 1.0
_NICENESS = 5
"""How far the reading stands behind the screen where both want the processor."""
_START = (
    "import sys; sys.path.append(sys.argv.pop()); from metaoptout_tui.imports.reading_process import serve; serve()"
)
_PACKAGES = str(Path(__file__).parents[2])

Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)


class Reading(Protocol[Result_co]):
    """What is to be done: a function of a module, perhaps with some arguments filled in that can be pickled."""

    def __call__(self, *, job: Job) -> Result_co:
        """Do it, reporting to `job`."""


LoadCatalogue = Callable[[str], Catalogue | None]
"""A function of a module that finds the sentences of a language by its code; None where they are not there."""


class ReadingEnded(FileRefused):
    """The process ended without an answer."""


class _Progress(NamedTuple):
    done: int
    total: int
    detail: str


class _Done(NamedTuple):
    result: Any


class _Refused(NamedTuple):
    error: MetaOptOutError


class _Failed(NamedTuple):
    """A fault of the program, whose place only a reading in this process can tell."""


class _Request(NamedTuple):
    read: Reading[Any]
    language: str
    load_catalogue: LoadCatalogue


_Message = _Progress | _Done | _Refused | _Failed | None


def read_in_helper_process_if_large(
    paths: Iterable[str], read: Reading[Result], job: Job, load_catalogue: LoadCatalogue
) -> Result:
    """Do a reading of these paths: in a process of its own where they hold much, else here.

    Raises what it raises, and ReadingEnded.
    """
    return read_in_helper_process(read, job, load_catalogue) if _hold_much(paths) else read(job=job)


def read_in_helper_process(read: Reading[Result], job: Job, load_catalogue: LoadCatalogue) -> Result:
    """Do a reading in a process of its own; here where none can be started, or it found a fault of the program.

    When `job` is cancelled, the result is what was read so far. `load_catalogue` is called in that process. Raises what
    the reading raises, and ReadingEnded.
    """
    try:
        process = _start_process()
    except OSError:
        return read(job=job)
    with process:
        try:
            answer = _wait_for_answer(process, _Request(read, language_in_use(), load_catalogue), job)
        finally:
            process.kill()
    if isinstance(answer, _Failed):
        return read(job=job)
    if isinstance(answer, _Refused):
        raise answer.error
    result: Result = answer.result
    return result


def serve() -> None:
    """Do the one reading that the input asks for, and write its progress and its result to the output."""
    import signal

    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program itself decides what Ctrl+C does
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_NICENESS)
    with suppress(OSError):  # nobody reads any more
        request: _Request = pickle.load(requests)  # noqa: S301 - written by this program a moment ago
        use_catalogue(request.load_catalogue(request.language) or ENGLISH)
        reporter = _Reporter(answers)
        job = Job(reporter.report)
        Thread(target=_cancel_when_input_ends, args=(job,), daemon=True).start()
        answer = _answer_of(request.read, job)
        reporter.send(_Progress(job.done, job.total, job.detail))
        reporter.send(answer)
    # Without the end of the thread, which waits for the input.
    os._exit(0)


def _answer_of(read: Reading[object], job: Job) -> _Message:
    try:
        return _Done(read(job=job))
    except MetaOptOutError as error:
        return _Refused(error)
    except BrokenPipeError:
        raise
    except Exception:  # noqa: BLE001 - read again where the fault can be told
        return _Failed()


def _cancel_when_input_ends(job: Job) -> None:
    with suppress(OSError):
        os.read(sys.stdin.fileno(), 1)
    job.cancel()


class _Reporter:
    """Writes messages; of the progress, only as much as a person can see."""

    def __init__(self, answers: IO[bytes]) -> None:
        self._answers = answers
        self._next_at = 0.0

    def report(self, job: Job) -> None:
        """Write the progress of a job."""
        now = monotonic()
        if now >= self._next_at:
            self._next_at = now + _SECONDS_BETWEEN_LOOKS
            self.send(_Progress(job.done, job.total, job.detail))

    def send(self, message: _Message) -> None:
        """Write a message."""
        pickle.dump(message, self._answers)
        self._answers.flush()


def _hold_much(paths: Iterable[str]) -> bool:
    """Whether they hold more than is read here; a folder with folders does, whatever is in them."""
    size = 0
    for path in map(Path, paths):
        with suppress(OSError, ValueError):
            is_folder = path.is_dir()
            for file in path.iterdir() if is_folder else (path,):
                if is_folder and file.is_dir():
                    return True
                size += file.stat().st_size * (_GROWTH_OF_ZIPS if file.suffix.lower() == ".zip" else 1)
                if size > READ_HERE_UP_TO_BYTES:
                    return True
    return False


def _start_process() -> subprocess.Popen[bytes]:
    if not sys.executable:
        raise FileNotFoundError
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return subprocess.Popen(  # noqa: S603 - this program
        [sys.executable, "-P", "-c", _START, _PACKAGES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=flags,
    )


def _wait_for_answer(process: subprocess.Popen[bytes], request: _Request, job: Job) -> "_Done | _Refused | _Failed":
    requests, answers = process.stdin, process.stdout
    if requests is None or answers is None:
        raise ReadingEnded(_(ENDED_BY_ITSELF))
    messages: SimpleQueue[_Message] = SimpleQueue()
    Thread(target=_receive, args=(answers, messages.put), daemon=True).start()
    try:
        pickle.dump(request, requests)
        requests.flush()
    except OSError as error:
        raise ReadingEnded(_(ENDED_BY_ITSELF)) from error
    stop_until: float | None = None
    while True:
        try:
            message = messages.get(timeout=_SECONDS_BETWEEN_LOOKS)
        except Empty:
            pass
        else:
            if message is None:
                raise ReadingEnded(_(ENDED_BY_ITSELF))
            if not isinstance(message, _Progress):
                return message
            job.report(*message)
        if stop_until is None and job.is_cancelled:
            stop_until = monotonic() + _SECONDS_TO_STOP
            with suppress(OSError):
                requests.close()
        if stop_until is not None and monotonic() > stop_until:
            raise ReadingEnded(_(NOT_STOPPED_IN_TIME))


def _receive(answers: IO[bytes], put: Callable[[_Message], object]) -> None:
    """Hand on the messages of the process; None after the last."""
    with suppress(Exception):  # whatever an answer that was cut off looks like
        while True:
            put(pickle.load(answers))  # noqa: S301 - written by this program itself
    put(None)
