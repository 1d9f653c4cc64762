"""What exercises call: `checks.check_bellman_target(my_bellman_target)`.

Each check takes the learner's function, accepts any correct answer (Python, NumPy or TensorFlow,
any style), and on a wrong one shows a case and names the likely mistake. There is one file for
each lesson; all their `check_...` are found here. `harness` says how an exercise is declared.
"""

import importlib
import pkgutil

from dqn_keras.classroom.checks.harness import Exercise
from dqn_keras.machinery.language import use_language  # noqa: F401  (Korean notebooks call it)

EXERCISES: dict[str, Exercise] = {}

for _module in pkgutil.iter_modules(__path__):
    if _module.name.startswith("lesson_"):
        _lesson = importlib.import_module(f"{__name__}.{_module.name}")
        EXERCISES |= {k: v for k, v in vars(_lesson).items() if k.startswith("check_")}

globals().update(EXERCISES)
