"""Runs what learners wrote: in time, quietly, and with errors traced to their own line."""

import contextlib
import io
import logging
import os
import signal
import sys
import sysconfig
import threading
import traceback
import warnings
from pathlib import Path

import numpy as np

from dqn_keras.classroom.checks.messages import message

_NOT_THEIRS = (str(Path(__file__).parents[2]), sysconfig.get_path("stdlib"), "<frozen", "<__array")
_NOT_THEIRS += (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))


class TooLong(BaseException):
    """Raised in an answer that does not end; no `except Exception` of the learner's stops it."""


def unwrapped(function):
    """The function itself, below tf.function, functools.partial and other wrappers."""
    for _ in range(10):
        for layer in ("python_function", "__wrapped__", "func"):
            function = getattr(function, layer, function)
    return function


def in_words(error) -> str:
    """The type of an error and the first line of what it says."""
    lines = str(error).strip().splitlines() or [""]
    if lines[0].startswith("in user code"):  # a tf.function's; the message itself comes last
        return lines[-1].strip()[:200]
    return f"{type(error).__name__}: {lines[0][:200]}"


def their_line(error) -> list[str]:
    """The learner's line in which an error arose, as a list of at most one message."""
    user_code = [line for line in str(error).splitlines() if line.lstrip().startswith('File "')]
    if str(error).startswith("in user code") and user_code:
        code = str(error).splitlines()[str(error).splitlines().index(user_code[-1]) + 1].strip()
        number = user_code[-1].split("line ")[1].split(",")[0]
        return [message("line", number=number, code=code)]
    theirs = [frame for frame in frames(error) if is_theirs(frame)]
    return [message("line", number=f.lineno, code=f.line) for f in theirs[-1:]]


def frames(error) -> list[traceback.FrameSummary]:
    """The frames that an error came through, the innermost last."""
    return traceback.extract_tb(error.__traceback__)


def is_theirs(frame) -> bool:
    """Is it code of the learner's, neither of ours nor of a library?"""
    return not frame.filename.startswith(_NOT_THEIRS)


class Paper(io.StringIO):
    """Takes what an answer prints, and not more of it than anybody reads."""

    def write(self, text):
        """Keeps the first 2000 characters."""
        return super().write(text[: max(2000 - self.tell(), 0)]) and len(text)

    def first_lines(self) -> str:
        """The first ten lines."""
        lines = self.getvalue().splitlines()
        return "".join(f"{line}\n" for line in lines[:10] + ["…"] * (len(lines) > 10))


@contextlib.contextmanager
def quietly(paper):
    """Prints go to `paper`, warnings nowhere: nbgrader takes a line on stderr for an error."""
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            with contextlib.redirect_stdout(paper), contextlib.redirect_stderr(paper):
                yield
    finally:
        logging.disable(level)


@contextlib.contextmanager
def within(seconds):
    """Raises `TooLong` in what takes longer.

    By an alarm where there is one (in the main thread, not on Windows), else by another thread; an
    endless loop inside of C code, such as sum(itertools.count()), hears neither.
    """

    def stop(*_):
        raise TooLong

    if hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread():
        handler = signal.signal(signal.SIGALRM, stop)
        timer = signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, *timer)
            signal.signal(signal.SIGALRM, handler)
    else:
        import ctypes

        raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
        here = ctypes.c_ulong(threading.get_ident())
        timer = threading.Timer(seconds, raise_in, (here, ctypes.py_object(TooLong)))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            raise_in(here, None)  # should it have rung in this very moment


def in_open_notebook() -> bool:
    """Is this a notebook that nobody grades? nbgrader says in the environment that it does."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return shell is not None and "NBGRADER_EXECUTION" not in os.environ
