"""Small parts to play with, each one idea: `explore("ring_buffer")` in a notebook's last line.

Their sources are JavaScript modules in `playground/`, whose `bundle.py` makes the scripts beside
this file; its `pictures.py` makes the pictures, for where no script runs.
"""

import base64
from pathlib import Path

from dqn_keras.machinery.arguments import one_of
from dqn_keras.machinery.language import LANGUAGES, say

_HERE = Path(__file__).parent
WIDTH = 722  # of the picture as it is shown; it has half as many pixels more
TITLES = {
    "bandit": ("Four machines", "기계 네 대"),
    "baseline": (
        "Two levers, with and without a baseline",
        "레버 두 개, 베이스라인이 없을 때와 있을 때",
    ),
    "bellman_target": ("Put a target together", "타깃 조립하기"),
    "grid_world": ("Values on a grid that you lay out", "직접 꾸미는 그리드의 가치"),
    "lock": ("Actor-learners and a lock, on a clock", "액터러너와 락, 시계 위에서"),
    "moving_target": ("One number chases its label", "자기 정답을 쫓는 숫자 하나"),
    "ring_buffer": ("A ring of transitions", "샘플이 담기는 링"),
}
_STILL = (
    "A still picture: run this cell to play with it.",
    "그림입니다. 이 셀을 실행하면 움직여 볼 수 있습니다.",
)
_HTML = """\
<div data-explorable="{name}" lang="{language}">
<img src="data:image/png;base64,{png}" alt="{title}" width="{width}" style="max-width: 100%">
<p>{still}</p>
</div>
<script>
{script}</script>
"""


class Explorable:
    """A part to play with; a notebook shows it where it is the last line of a cell.

    Where scripts run (JupyterLab, Colab, VS Code, an HTML export), its own puts the live part in
    the picture's place; where none run (GitHub, a notebook opened but not run), the picture stays.

    Attributes:
        name: The part's.
        language: "en" or "ko".
    """

    def __init__(self, name: str, language: str):
        self.name = one_of("name", name, tuple(TITLES))
        self.language = one_of("language", language, LANGUAGES)

    def __repr__(self):
        return self._in_language(TITLES[self.name])

    def _in_language(self, words):
        return words[LANGUAGES.index(self.language)]

    def _repr_mimebundle_(self, include=None, exclude=None):
        picture = (_HERE / f"{self.name}.{self.language}.png").read_bytes()
        png = base64.b64encode(picture).decode()
        html = _HTML.format(
            name=self.name,
            language=self.language,
            png=png,
            width=WIDTH,
            title=repr(self),
            still=self._in_language(_STILL),
            script=(_HERE / f"{self.name}.js").read_text(encoding="utf-8"),
        )
        return {"text/html": html, "image/png": png, "text/plain": repr(self)}


def explore(name: str) -> Explorable:
    """A part to play with, in the notebook's language.

    Args:
        name: One of `TITLES`, such as "bellman_target".
    """
    return Explorable(name, say(*LANGUAGES))
