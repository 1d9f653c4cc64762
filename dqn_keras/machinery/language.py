"""The language of what the package prints for students: Korean in the Korean notebooks."""

LANGUAGES = ("en", "ko")
_chosen = {"language": "en"}


def use_language(language: str) -> None:
    """Chooses the language of all messages for students, from now on.

    Args:
        language: "en" or "ko"; the Korean notebooks call this in their first cell.

    Raises:
        ValueError: It is another language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, got {language!r}")
    _chosen["language"] = language


def say(english: str, korean: str) -> str:
    """The one of two texts that is in the chosen language."""
    return korean if _chosen["language"] == "ko" else english
