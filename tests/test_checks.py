"""The checks of exercises: right answers pass, wrong ones are told what is wrong, in two languages.

What holds for every exercise is tested here for every one; `answers/lesson_NN.py` holds answers
that students would write, beside the mistakes that the package knows itself.
"""

import contextlib
import importlib
import itertools
import pkgutil
import random
import re
import threading

import answers
import numpy as np
import pytest
import tensorflow as tf

from dqn_keras import bellman_target, checks
from dqn_keras.classroom.checks import EXERCISES, harness
from dqn_keras.classroom.checks.chance import Dice, Draws, Shares, draw
from dqn_keras.classroom.checks.harness import Hint, NotDoneYet, exercise
from dqn_keras.classroom.checks.messages import MESSAGES
from dqn_keras.classroom.checks.values import plain
from dqn_keras.machinery import language

WRONG, RIGHT = {}, {}
for _file in pkgutil.iter_modules(answers.__path__):
    _answers = importlib.import_module(f"answers.{_file.name}")
    WRONG |= _answers.WRONG
    RIGHT |= _answers.RIGHT

each_exercise = pytest.mark.parametrize("check", EXERCISES.values(), ids=lambda check: check.name)
HANGUL = re.compile("[가-힣]")


@pytest.fixture(autouse=True)
def english():
    yield
    language.use_language("en")


@pytest.fixture
def the_same_cases(monkeypatch):
    """For tests of words: which case is told first may be another one each time."""
    monkeypatch.setattr(harness, "fresh_generator", lambda: np.random.default_rng(1))


def by_a_learner(function):
    """The same function, written elsewhere: the package's own are refused."""
    return lambda *arguments: function(*arguments)


def told(check, function) -> str:
    """What a wrong answer is told; fails if it passes or the message is unreadable."""
    with pytest.raises(Hint) as error:
        check(function)
    lines = error.value._render_traceback_()
    assert 1 <= len(lines) <= 5 and all(len(line) < 500 for line in lines), lines
    assert "Traceback" not in str(error.value) and "object at 0x" not in str(error.value)
    return str(error.value)


@each_exercise
def test_the_reference_passes_in_both_languages(check, capsys):
    check(by_a_learner(check.answer))
    language.use_language("ko")
    check(by_a_learner(check.answer))
    assert capsys.readouterr().out == f"✓ {check.name}: right!\n✓ {check.name}: 정답입니다!\n"


@each_exercise
def test_each_mistake_gets_its_own_hint_in_both_languages(check, the_same_cases):
    for mistake, english, korean in check.mistakes:
        assert not HANGUL.search(english) and HANGUL.search(korean), english
        assert not english.endswith(".") and not korean.endswith("."), english
        message = told(check, by_a_learner(mistake))
        assert message.endswith(f"→ {english}"), message
    language.use_language("ko")  # the same pairs, looked up in the same way
    mistake, _, korean = random.choice(check.mistakes)
    message = told(check, by_a_learner(mistake))
    assert message.endswith(f"→ {korean}"), message
    # Two mistakes may share a hint, but then in both languages.
    assert len({m[1] for m in check.mistakes}) == len({m[2] for m in check.mistakes})


@each_exercise
def test_wrong_answers_of_students_are_refused_and_explained(check, the_same_cases):
    own = 0
    for wrong, phrase in WRONG[check.name]:
        message = told(check, wrong)
        assert phrase in message, f"{phrase!r} is not in {message!r}"
        # A hint, or what is wrong before a value could be compared: an error and its line, say.
        own += "→" in message or "expected" not in message
    assert len(WRONG[check.name]) >= 20
    assert own >= 0.95 * len(WRONG[check.name]), (
        "more than one in twenty hears no mistake of its own"
    )


@pytest.mark.parametrize("share", [0.1, pytest.param(1, marks=pytest.mark.nightly)])
def test_answers_in_random_order_in_one_kernel_are_judged_alike(share):
    for check in EXERCISES.values():
        assert len(RIGHT[check.name]) >= 8
    wrong = [(c, a, False) for c in EXERCISES.values() for a, _ in WRONG[c.name]]
    wrong = random.sample(wrong, int(share * len(wrong)))  # each is refused in a test above
    right = [(c, a, True) for c in EXERCISES.values() for a in RIGHT[c.name]]
    judged = wrong + random.sample(right, int(min(2 * share, 1) * len(right)))
    random.Random().shuffle(judged)
    for check, answer, right in judged:
        try:
            check(answer)
        except Hint as hint:
            assert not right, f"{check.name} refuses {answer}: {hint}"
        else:
            assert right, f"{check.name} accepts {answer}"


@each_exercise
def test_an_empty_exercise_is_not_done_yet(check):
    def empty(*arguments):
        raise NotImplementedError  # your code here

    for unfinished in (empty, lambda *arguments: None):
        with pytest.raises(NotDoneYet, match="yet"):
            check(unfinished)
    language.use_language("ko")
    with pytest.raises(NotDoneYet, match="아직"):
        check(empty)


@each_exercise
def test_nonsense_gets_one_kind_message(check):
    class Unprintable:
        def __repr__(self):
            raise RuntimeError

    for value in (
        "no idea",
        {},
        {"a": 1},
        1j,
        [[1], [1, 2]],
        [],
        [None],
        np.nan,
        object,
        Unprintable(),
        np.zeros([2, 3, 4]),
        [1j],
        "1.0",
        (1,) * 9,
        tf.constant("text"),
        tf.ragged.constant([[1], [1, 2]]),
        set(),
        check.answer,
    ):
        told(check, lambda *arguments, value=value: value)
    for handed_in in (None, 3, "text", np.zeros(2)):
        assert "hand in the function itself" in told(check, handed_in)
    assert "TypeError" in told(check, lambda: 1)


@each_exercise
def test_changing_an_argument_is_told_and_disarms_nothing(check):
    def spoiling(*arguments):
        result = check.answer(*arguments)
        for argument in arguments:
            for array in argument if isinstance(argument, list | tuple) else [argument]:
                if isinstance(array, np.ndarray):
                    array[...] = 7
        return result

    case = check.examples[0]
    if any(isinstance(part, np.ndarray) for part in case):
        told(check, spoiling)
        if not check.changes:
            assert "changes its argument" in told(check, spoiling)
    check(by_a_learner(check.answer))
    for mistake, *_ in check.mistakes[:3]:
        told(check, by_a_learner(mistake))


def test_every_message_is_there_in_both_languages():
    for key, (english, korean) in MESSAGES.items():
        fields = re.findall(r"\{(\w+)\}", english)
        assert sorted(fields) == sorted(re.findall(r"\{(\w+)\}", korean)), key
        words = re.sub(r"\{\w+\}", "", english)
        assert not HANGUL.search(english)
        assert HANGUL.search(korean) or not re.search("[a-z]", words), key
    with pytest.raises(ValueError, match="en, ko"):
        language.use_language("fr")


# The harness


@exercise(examples=[(np.array([3.0, 1.0]), 2.0), (np.array([4.0]), 3.0)])
def check_scaled(values, factor):
    """The values, multiplied."""
    return values * factor


def test_the_smallest_case_is_told_with_what_was_expected_and_what_came():
    message = told(check_scaled, lambda values, factor: values + factor)
    assert message == "scaled: values = [4], factor = 3\n  expected [12], got [7]"
    language.use_language("ko")
    assert told(check_scaled, lambda values, factor: values + factor) == (
        "scaled: values = [4], factor = 3\n  기대한 값 [12], 나온 값 [7]"
    )


def test_an_iterator_without_end_is_cut():
    assert "…" in told(check_scaled, lambda values, factor: itertools.count())


def test_an_error_is_told_with_the_learners_own_line():
    def in_numpy(values, factor):
        values = values * factor
        return values @ np.zeros(7)  # this one

    def in_a_graph(values, factor):
        return tf.reshape(values, [7])  # this one

    def deep(values, factor):
        return deeper(values)

    def deeper(values):
        return values.no_such_thing  # this one

    for function in (in_numpy, tf.function(in_a_graph), deep):
        assert "# this one" in told(check_scaled, function).splitlines()[-1]
        assert re.search(r"line \d+: return", told(check_scaled, function))


def test_an_endless_loop_ends_with_a_word_in_every_thread(monkeypatch):
    monkeypatch.setattr(harness, "SECONDS_A_CALL", 0.3)

    def endless(values, factor):
        while True:
            with contextlib.suppress(Exception):
                factor += 1

    assert "did not end" in told(check_scaled, endless)
    messages = []
    thread = threading.Thread(target=lambda: messages.append(told(check_scaled, endless)))
    thread.start()
    thread.join(10)
    assert "did not end" in messages[0]
    check_scaled(lambda values, factor: values * factor)


def test_gradients_can_be_observed():
    def slope(call, x):
        x = tf.constant(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = call(x)
        return {("value", "값"): plain(y), ("slope", "기울기"): plain(tape.gradient(y, x))}

    check = exercise(examples=[(3.0,)], observe=slope, keeps_tensors=True)(lambda x: x * x)
    check(lambda x: tf.square(x))
    assert "slope: expected 6, got None" in told(check, lambda x: tf.stop_gradient(x * x))
    told(check, lambda x: x.numpy() ** 2)
    told(check, lambda x: "text")


def test_prints_are_kept_short_and_warnings_silent(capsys):
    def loud(values, factor):
        print("x\n" * 1000)
        tf.get_logger().warning("a warning")
        return values * factor * (np.zeros(1) / np.zeros(1) > -1) + values * factor

    told(check_scaled, lambda values, factor: loud(values, factor) + 1)
    out, err = capsys.readouterr()
    assert out.startswith("x\nx\n") and len(out) < 200 and err == ""


def test_the_courses_own_function_is_no_answer():
    check = checks.check_bellman_target
    for own in (bellman_target, lambda *a: bellman_target(*a), tf.function(bellman_target)):
        assert "the course's own" in told(check, own)


@exercise(
    examples=[(2, Dice(0)), (5, Dice(1))],
    observe=lambda call, sides, rng: Draws(draw(lambda dice: call(sides, dice), 600, rng)),
    expect=lambda sides, rng: Shares({side: 1 / sides for side in range(sides)}),
)
def check_throw(sides, rng):
    """A side of a fair die."""
    return rng.integers(sides)


def test_dice_are_judged_by_their_distribution_and_by_whose_they_are():
    check_throw(lambda sides, rng: int(rng.random() * sides))
    message = told(check_throw, lambda sides, rng: rng.integers(sides - 1))
    assert "expected {0: 50%, 1: 50%}, got {0: 100%}" in message
    told(check_throw, lambda sides, rng: rng.integers(sides) * rng.integers(2))
    for _ in range(2):
        np.random.seed(0)
        random.seed(0)
        tf.random.set_seed(0)
        for wrong in (
            lambda sides, rng: np.random.randint(sides),
            lambda sides, rng: random.randrange(sides),
            lambda sides, rng: int(tf.random.uniform([], 0, sides, tf.int32)),
        ):
            assert "same seed" in told(check_throw, wrong)


def test_fair_dice_are_refused_less_than_once_in_a_million_times():
    # Chernoff: P(n KL(share, p) > 21) <= 2 exp(-21) for each share; here tried with few draws.
    rng, refused = np.random.default_rng(0), 0
    for sides in (2, 5, 20):
        fair = Shares({side: 1 / sides for side in range(sides)})
        refused += sum(
            not Draws(rng.integers(sides, size=60).tolist()).agrees_with(fair) for _ in range(2000)
        )
    assert refused == 0
