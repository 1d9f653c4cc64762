"""What nbgrader needs to know in a course that hands out these exercises.

The notebooks in `en/exercises` and `ko/exercises` have their solutions taken out already, so that
step of nbgrader's is left out.
"""

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
