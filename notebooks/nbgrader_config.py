"""What nbgrader needs to know in a course that hands out these exercises.

The notebooks in `en/exercises` and `ko/exercises` have their solutions taken out already, so that
step of nbgrader's is left out.

Before a check cell runs, the checks are fetched anew, so that what a student's cell did to them
does not count. Not protected: code that patches NumPy, Python or IPython instead, reads the
reference answers, or writes files. Grade each student in a container, and read what looks odd.
"""

import nbgrader.preprocessors as steps
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.utils import is_grade

FRESH = """\
import os, sys
os.environ["NBGRADER_EXECUTION"] = "autograde"
for name in [name for name in sys.modules if name.startswith("dqn_keras.classroom")]:
    del sys.modules[name]
import dqn_keras.classroom.checks as checks
checks.use_language("{language}")
"""


class FetchChecks(steps.NbGraderPreprocessor):
    """Puts the lines above in front of each check cell."""

    def preprocess(self, notebook, resources):
        """One notebook."""
        korean = any('use_language("ko")' in cell.source for cell in notebook.cells)
        for cell in filter(is_grade, notebook.cells):
            cell.source = FRESH.format(language="ko" if korean else "en") + cell.source
        return notebook, resources


class ForgetThem(steps.NbGraderPreprocessor):
    """Takes these lines away again, when the cells have run."""

    def preprocess(self, notebook, resources):
        """One notebook."""
        for cell in filter(is_grade, notebook.cells):
            for language in ("en", "ko"):
                cell.source = cell.source.removeprefix(FRESH.format(language=language))
        return notebook, resources


c = get_config()  # noqa: F821 - nbgrader defines it

c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
]
c.ExecutePreprocessor.timeout = 300  # seconds for a cell
c.Autograde.autograde_preprocessors = [
    FetchChecks,
    steps.Execute,
    ForgetThem,
    steps.IgnorePattern,
    ClearMetadataPreprocessor,
    steps.LimitOutput,
    steps.SaveAutoGrades,
    steps.AssignLatePenalties,
    steps.CheckCellMetadata,
]
