"""Has TensorFlow start under Keras, without log lines that look like errors, when first needed.

Until something is computed, importing the package takes a tenth of a second: a command's help and
the list of recipes need no TensorFlow.
"""

import contextlib
import importlib.abc
import importlib.util
import os
import sys
import tempfile


@contextlib.contextmanager
def quiet_stderr():
    """Holds back what C++ code writes to standard error; shows it only if the block fails.

    TensorFlow 2.21 logs half a dozen lines about oneDNN and missing GPUs before its own log level
    (`TF_CPP_MIN_LOG_LEVEL`) takes effect, so a file descriptor is the only handle on them.
    """
    sys.stderr.flush()
    original = os.dup(2)
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
        except BaseException:
            held.seek(0)
            os.write(original, held.read())
            raise
        finally:
            os.dup2(original, 2)
            os.close(original)


class QuietTensorFlow(importlib.abc.MetaPathFinder):
    """Lets TensorFlow be imported as ever, at its first use, but quietly."""

    def find_spec(self, name, path, target=None):
        """Called for every import that is not in `sys.modules` yet."""
        if name != "tensorflow":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None:
            execute = spec.loader.exec_module

            def quietly(module):
                with quiet_stderr():
                    execute(module)

            spec.loader.exec_module = quietly
        return spec


if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")  # or SDL complains when it draws a frame
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # exceptions still show
# A backend chosen in ~/.keras/keras.json is overridden; one set in the shell is reported.
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
if os.environ["KERAS_BACKEND"] != "tensorflow":
    raise ImportError(
        f"dqn_keras trains with TensorFlow's GradientTape, but KERAS_BACKEND is "
        f"{os.environ['KERAS_BACKEND']!r}; set KERAS_BACKEND=tensorflow, or unset it"
    )
if "keras" in sys.modules and (backend := sys.modules["keras"].config.backend()) != "tensorflow":
    raise ImportError(
        f"Keras was imported before dqn_keras with the backend {backend!r}; "
        "restart Python with KERAS_BACKEND=tensorflow"
    )
if "tensorflow" not in sys.modules:
    sys.meta_path.insert(0, QuietTensorFlow())
