"""What exercises call: `checks.check_bellman_target(my_bellman_target)`.

Each check takes the learner's function, accepts any correct answer (NumPy or TensorFlow, any
style), and on a wrong one names the likely mistake. It never prints the solution. There is one
file for each lesson; all their `check_...` functions are found here.
"""

import importlib
import pkgutil

for _module in pkgutil.iter_modules(__path__):
    if _module.name.startswith("lesson_"):
        _lesson = importlib.import_module(f"{__name__}.{_module.name}")
        globals().update({k: v for k, v in vars(_lesson).items() if k.startswith("check_")})
