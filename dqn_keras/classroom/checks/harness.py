"""What an exercise is, and how an answer to it is judged.

A lesson declares its exercises; the decorated function is the reference answer, and what is left
in its place is the check that notebooks call:

    @exercise(examples=[...], random=..., mistakes=[function, "hint", "힌트", ...])
    def check_td_error(q_values, actions, targets):
        \"\"\"The targets minus the Q-values of the actions taken, [B].\"\"\"
        return targets - q_values[np.arange(len(actions)), actions]

An answer is compared with the reference on the examples and on random cases. Each call gets copies
of its own. If it is wrong, the smallest case that shows it is told, and the hint of a mistake only
if the answer does on all cases what that mistake's function does.

What this does not protect from: answer and check share one process, so that code which wants to
cheat can read the reference from a frame or replace NumPy under our feet. It protects from honest
accidents and from patching `checks` (nbgrader_config.py fetches it anew); for more, read the code
that was handed in.
"""

import contextlib
import copy
import dataclasses
import functools
import inspect
import sys
import time
from collections.abc import Callable

import numpy as np

from dqn_keras.classroom.checks.messages import Told, message
from dqn_keras.classroom.checks.running import (
    Paper,
    TooLong,
    frames,
    in_open_notebook,
    in_words,
    is_theirs,
    quietly,
    their_line,
    unwrapped,
    within,
)
from dqn_keras.classroom.checks.values import difference, plain, same, show, unchanged
from dqn_keras.machinery.language import say

SECONDS_A_CALL, SECONDS_A_CHECK = 5, 20
_PACKAGE = "dqn_keras"


class Hint(AssertionError):
    """A wrong answer and its likely cause; notebooks show its lines, not a stack trace."""

    def _render_traceback_(self):  # IPython calls this in place of its own traceback
        return f"✗ {self}".splitlines()


class NotDoneYet(Hint):
    """The exercise still holds `raise NotImplementedError`, or returns nothing."""

    def _render_traceback_(self):
        return f"… {self}".splitlines()


class _Stopped(Exception):
    """An answer that did not come: why, in words, and which kind of error it was."""

    def __init__(self, kind, reason):
        super().__init__(reason)
        self.kind = kind


@dataclasses.dataclass
class Exercise:
    """One exercise of a lesson; calling it checks a learner's function.

    Args:
        answer: The reference; its parameters' names are used in messages.
        examples: The lesson's own cases and what random ones might miss: tuples of arguments.
        random: `random(rng)` makes one case more, with a NumPy generator.
        mistakes: Of each the function that makes it, the hint in English and the hint in Korean,
            one after the other; kept as such triples. The first that fits is told.
        observe: `observe(call, *case)` says what can be seen of an answer, where that is more than
            what one call returns; it asks the answer with `call(...)`. A dict's keys are names for
            its parts in both languages. It may raise `Told`.
        expect: `expect(*case)` is what has to be seen, where it is not what the reference shows:
            in exercises with dice, exact probabilities.
        changes: The names of arguments that an answer may change.
        number: How many random cases; one in four is another one each time.
        keeps_tensors: `observe` gets what the answer returns as it is, to take gradients of it.
        own: Names of the package's functions that are the answer, too, and may not be called.
    """

    answer: Callable
    examples: list[tuple]
    random: Callable | None = None
    mistakes: list = dataclasses.field(default_factory=list)
    observe: Callable | None = None
    expect: Callable | None = None
    changes: tuple[str, ...] = ()
    number: int = 40
    keeps_tensors: bool = False
    own: tuple[str, ...] = ()

    def __post_init__(self):
        functools.update_wrapper(self, self.answer)
        self.mistakes = list(zip(*[iter(self.mistakes)] * 3, strict=True))
        self._known = {}  # (mistake, number of a steady case): what is seen of it
        self.name = self.answer.__name__.removeprefix("check_")
        self.parameters = list(inspect.signature(self.observe or self.answer).parameters)
        self.parameters = self.parameters[1:] if self.observe else self.parameters

    def __call__(self, function) -> None:
        """Checks a learner's function.

        Raises:
            NotDoneYet: It is still empty (in a notebook that nobody grades, it is printed).
            Hint: It is wrong; says how.
        """
        __tracebackhide__ = True
        paper = Paper()
        try:
            try:
                with quietly(paper):
                    _Judge(self, function).judge()
            finally:
                print(paper.first_lines(), end="")
        except NotDoneYet as not_done:
            if not in_open_notebook():
                raise
            print(f"… {not_done}")
            self._stand_in_for(function)
        else:
            print(message("right", name=self.name))

    def cases(self) -> list[tuple]:
        """The steady ones, that is the examples and most of the random ones; then new ones."""
        always, anew = np.random.default_rng(0), fresh_generator()
        more = self.number if self.random else 0
        steady = [self.random(always) for _ in range(more - more // 4)]
        return self.examples + steady + [self.random(anew) for _ in range(more // 4)]

    def seen(self, call, case):
        """What can be seen of an answer in one case; the case is left as it is."""
        case = copy.deepcopy(case)
        return self.observe(call, *case) if self.observe else plain(call(*case))

    def seen_of_mistake(self, mistake, number, case):
        """The same of a known mistake, kept for steady cases; an error in place of a value."""
        key = mistake, number
        if key not in self._known:
            try:
                seen = self.seen(mistake, case)
            except Exception as error:
                seen = error
            if number >= len(self.examples) + self.number - self.number // 4:
                return seen
            self._known[key] = seen
        return self._known[key]

    def expected(self, case):
        """What has to be seen."""
        case = copy.deepcopy(case)
        return self.expect(*case) if self.expect else self.seen(self.answer, case)

    def described(self, case) -> str:
        """The case in a line, by the arguments' names."""
        pairs = zip(self.parameters, case, strict=True)
        return ", ".join(f"{name} = {show(value)}" for name, value in pairs)

    def _stand_in_for(self, function) -> None:
        """Lets the rest of a lesson use an exercise that is not done: the reference answers."""
        name = getattr(function, "__name__", "")
        namespace = sys.modules["IPython"].get_ipython().user_ns
        if namespace.get(name) is function:
            stand_in = functools.wraps(function)(lambda *args, **named: self.answer(*args, **named))
            stand_in.stands_in = True
            namespace[name] = stand_in
            print(f"  {message('stand-in', function=name)}")


def exercise(**settings) -> Callable[[Callable], Exercise]:
    """Makes an exercise of its reference answer; the settings are those of `Exercise`."""
    return lambda answer: Exercise(answer, **settings)


class _Judge:
    """One learner's function and one exercise."""

    def __init__(self, exercise: Exercise, function):
        self.exercise, self.function = exercise, function
        self.called = getattr(function, "__name__", exercise.name)
        self.names = {"name": exercise.name, "function": self.called}
        self.last = None  # what the answer returned last
        self.until = time.monotonic() + SECONDS_A_CHECK

    def judge(self) -> None:
        """Raises a `Hint` unless the answer is right."""
        self._look_at_the_function()
        cases = self.exercise.cases()
        rows = [
            (case, self.exercise.expected(case), self._outcome(case), number)
            for number, case in enumerate(cases)
        ]
        wrong = [row for row in rows if isinstance(row[2], _Stopped) or not same(row[2], row[1])]
        if not wrong:
            return
        if all(self._does_the_same(row, _nothing) for row in rows):
            raise NotDoneYet(message("nothing", **self.names))
        # First what came out wrong, then what did not come out; the smallest case first.
        wrong.sort(key=lambda row: (isinstance(row[2], _Stopped), _size(row[0])))
        case, expected, came, _ = wrong[0]
        lines = [message("tried", name=self.exercise.name, case=self.exercise.described(case))]
        lines.append(str(came) if isinstance(came, _Stopped) else difference(came, expected))
        hints = (m for m in self.exercise.mistakes if self._makes(m[0], wrong, rows))
        if mistake := next(hints, None):
            lines.append(f"→ {say(*mistake[1:])}")
        elif came is None:
            lines.append(f"→ {message('none')}")
        raise Hint("\n  ".join(lines))

    def _look_at_the_function(self) -> None:
        function = self.function
        if getattr(function, "stands_in", False):
            raise NotDoneYet(message("empty", **self.names))
        if not callable(function):
            raise Hint(message("not a function", name=self.exercise.name, value=show(function)))
        inner = unwrapped(function)
        named = {**vars(sys.modules[_PACKAGE]), **getattr(inner, "__globals__", {})}
        own = [function, inner]
        called = getattr(getattr(inner, "__code__", None), "co_names", ())
        own += [named.get(n) for n in (self.exercise.name, *self.exercise.own) if n in called]
        if any(f"{getattr(f, '__module__', '')}.".startswith(f"{_PACKAGE}.") for f in own):
            raise Hint(message("imported", **self.names))

    def _outcome(self, case):
        """What is seen of the learner's answer, or why it stopped."""
        try:
            return self._attempt(case)
        except _Stopped as stopped:
            # TensorFlow does not mix dtypes: an answer in it may ask for float32 throughout.
            for kinds in ("f", "fi"):
                with contextlib.suppress(_Stopped):
                    return self._attempt(_as_float32(case, kinds))
            return stopped

    def _attempt(self, case):
        given = copy.deepcopy(case)
        observe = self.exercise.observe
        try:
            seen = observe(self._call, *given) if observe else self._call(*given)
        except Told as told:
            raise _Stopped(told.key, message(told.key, **told.values)) from None
        except (Hint, _Stopped):
            raise
        except Exception:  # `observe` could make nothing of what was returned
            seen = plain(self.last)
        names = zip(self.exercise.parameters, given, case, strict=True)
        for name, after, before in names:
            if name not in self.exercise.changes and not unchanged(after, before):
                raise _Stopped("changed", message("changed", argument=name))
        return seen

    def _call(self, *arguments, **named):
        """The learner's answer, made plain; in time, and errors in words."""
        try:
            with within(min(SECONDS_A_CALL, max(self.until - time.monotonic(), 0.01))):
                returned = self.function(*arguments, **named)
                self.last = returned if self.exercise.keeps_tensors else plain(returned)
                return self.last
        except Hint:
            raise
        except (Exception, SystemExit, TooLong) as error:
            line = their_line(error)
            if isinstance(error, NotImplementedError) and is_theirs(frames(error)[-1]):
                raise NotDoneYet(message("empty", **self.names)) from None
            if isinstance(error, TooLong):
                text = message("endless", function=self.called, seconds=SECONDS_A_CALL)
                raise Hint("\n  ".join([f"{self.exercise.name}: {text}", *line])) from None
            text = message("error", function=self.called, error=in_words(error))
            raise _Stopped(type(error).__name__, "\n  ".join([text, *line])) from error

    def _does_the_same(self, row, mistake) -> bool:
        """Does a mistake's function do in this case what the learner's did?"""
        case, _, came, number = row
        seen = self.exercise.seen_of_mistake(mistake, number, case)
        if isinstance(came, _Stopped) or isinstance(seen, Exception):
            return getattr(came, "kind", None) == type(seen).__name__
        return same(came, seen)

    def _makes(self, mistake, wrong, rows) -> bool:
        """Is this the learner's mistake, in all cases in which it gives an answer?"""
        return self._does_the_same(wrong[0], mistake) and all(
            self._does_the_same(row, mistake)
            or isinstance(self.exercise.seen_of_mistake(mistake, row[3], row[0]), Exception)
            for row in rows
        )


def fresh_generator() -> np.random.Generator:
    """Where the cases come from that are others each time."""
    return np.random.default_rng()


def _size(case) -> int:
    """How many numbers a case has."""
    return sum(_size(part) if isinstance(part, list | tuple) else np.size(part) for part in case)


def _as_float32(case, kinds):
    if isinstance(case, list | tuple):
        return type(case)(_as_float32(part, kinds) for part in case)
    is_one = isinstance(case, np.ndarray) and case.dtype.kind in kinds
    return case.astype(np.float32) if is_one else case


def _nothing(*_, **__):
    """What an empty exercise does."""
