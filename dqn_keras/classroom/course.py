"""The course as files: the lessons of one language, for those who installed the package alone."""

import shutil
import tempfile
from pathlib import Path

from dqn_keras.machinery.arguments import one_of
from dqn_keras.machinery.language import LANGUAGES

_PACKAGE = Path(__file__).parents[1]
PLACES = _PACKAGE / "course", _PACKAGE.parent / "notebooks"  # of a wheel, of a clone


def copy_lessons(folder: Path, language: str = "en", exercises: bool = False) -> list[Path]:
    """Copies the lessons to a folder of the reader's own, all of them or none.

    Args:
        folder: Made here; if it exists, it has to be empty.
        language: "en" or "ko".
        exercises: The notebooks to fill in, without solutions, instead of those to read.

    Returns:
        The notebooks copied, in the order of the lessons.

    Raises:
        FileExistsError: The folder holds something.
        FileNotFoundError: The package came without its lessons.
    """
    one_of("language", language, LANGUAGES)
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{str(folder)!r} is there already; name a new or an empty folder")
    inner = Path(language, "exercises") if exercises else Path(language)
    for place in PLACES:
        if lessons := sorted((place / inner).glob("[0-9][0-9]_*.ipynb")):
            break
    else:
        raise FileNotFoundError(f"this installation has no lessons in {PLACES[0]}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".lessons") as temporary:
        whole = Path(temporary, "lessons")
        whole.mkdir()
        for lesson in lessons:
            shutil.copy(lesson, whole)
        if folder.exists():
            folder.rmdir()
        whole.rename(folder)
    return [folder / lesson.name for lesson in lessons]
