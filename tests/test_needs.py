"""What an exercise needs has been told before it: in the text or in a line of code, in order.

`NEEDS` of tests/answers/lesson_NN.py lists it: of each exercise, what its solution uses, and the
number of the lesson that introduces it. What a solution calls may not be missing from the list.
"""

import ast
import builtins
import importlib
import re

import pytest
from test_notebooks import SOURCES, build

LESSONS = {source.stem[:2]: build.read(source) for source in SOURCES}
PLAIN_PYTHON = {*dir(builtins), ".append", ".copy", ".items", ".keys", ".values", ".extend"}
EXERCISES = [
    (number, cell.metadata.exercise)
    for number, notebook in LESSONS.items()
    for cell in notebook.cells
    if "exercise" in cell.metadata
]


def needs_of(number):
    return importlib.import_module(f"answers.lesson_{number}").NEEDS


def told(number, language="en", before=None):
    """What a reader has read of a lesson: all of it, or all before an exercise."""
    texts = []
    for cell in LESSONS[number].cells:
        if before and cell.metadata.get("exercise") == before:
            break
        if cell.metadata.get("lang", language) == language and "exercise" not in cell.metadata:
            texts.append(cell.source)
        elif "exercise" in cell.metadata:  # what the reader has written by then
            texts.append(cell.source.split("(")[0])
    return "\n".join(texts)


def names_called(code):
    """Functions that code calls: `np.mean` as it stands, `memory.append` as `.append`."""
    tree = ast.parse(code)
    made = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and _stores(node)}
    made |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    made |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    called = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            text = ast.unparse(node.func)
            root = text.split(".")[0]
            modules = text.count(".") and root in ("np", "tf", "keras", "math")
            if modules or (isinstance(node.func, ast.Name) and root not in made):
                called.add(text)
            elif isinstance(node.func, ast.Attribute):
                called.add(f".{node.func.attr}")
    return called - PLAIN_PYTHON


def _stores(name):
    return isinstance(name.ctx, ast.Store)


@pytest.mark.parametrize(("number", "name"), EXERCISES, ids=lambda value: value)
def test_all_that_a_solution_calls_is_listed(number, name):
    (cell,) = (c for c in LESSONS[number].cells if c.metadata.get("exercise") == name)
    missing = names_called(cell.source) - set(needs_of(number)[name])
    missing = {text for text in missing if not text.startswith("my_")}
    assert not missing


@pytest.mark.parametrize("language", build.LANGUAGES)
@pytest.mark.parametrize(("number", "name"), EXERCISES, ids=lambda value: value)
def test_what_an_exercise_needs_was_told_before_it(number, name, language):
    for what, where in needs_of(number)[name].items():
        assert where <= number, f"{what} comes later, in {where}"
        text = told(where, language, before=name if where == number else None)
        pattern = re.escape(what.lstrip(".")) + (r"\b" if what[-1].isalnum() else "")
        assert re.search(pattern, text), f"{what} is not told in {where}"


def test_the_lessons_it_builds_on_are_named_in_the_header():
    for number, name in EXERCISES:
        header = LESSONS[number].cells[0].source
        needed = re.search(r"\*\*Needs\*\* (.*?)\n\n", header, re.S)[1]
        known = {int(n) for n in re.findall(r"\b\d\d\b", needed)}
        for first, last in re.findall(r"\b(\d\d) to (\d\d)\b", needed):
            known |= set(range(int(first), int(last) + 1))
        for what, where in needs_of(number)[name].items():
            assert where == number or reached(int(where), known), f"{number}: {what} of {where}"


def reached(lesson, known):
    """A lesson is known if it is named, or if one that is named needs it."""
    if lesson in known:
        return True
    for number in known:
        header = LESSONS[f"{number:02}"].cells[0].source
        needed = re.search(r"\*\*Needs\*\* (.*?)\n\n", header, re.S)[1]
        further = {int(n) for n in re.findall(r"\b\d\d\b", needed)}
        for first, last in re.findall(r"\b(\d\d) to (\d\d)\b", needed):
            further |= set(range(int(first), int(last) + 1))
        if further and reached(lesson, further):
            return True
    return False
