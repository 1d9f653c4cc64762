"""Imports TensorFlow without its start-up chatter, which a newcomer takes for errors."""

import contextlib
import os
import sys
import tempfile


@contextlib.contextmanager
def held_back_stderr():
    """Holds back what C++ code writes to standard error; hands it out only if the block fails.

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
