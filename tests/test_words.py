"""One word for one thing, in every Korean text; English without what only a translator writes."""

import re

import pytest
from conftest import ROOT
from test_notebooks import SOURCES, build

from dqn_keras.classroom import checks

PAGES = [
    *(ROOT / "notebooks").glob("*.ko.md"),
    *(ROOT / "notebooks" / "teacher").glob("*.ko.md"),
    ROOT / "README.ko.md",
    ROOT / "playground" / "README.ko.md",
]
# What must not stand anywhere, and what stands there instead.
KOREAN = {
    "그레디언트|그라디언트|그래디언트|그라디엔트": "그레이디언트",
    "타겟": "타깃",
    "관찰": "관측",
    "그리드 월드": "그리드월드",
    "넘파이": "NumPy",
    "텐서플로우?": "TensorFlow",
    "케라스": "Keras",
    r"(?<!오류함수\()(?<!오류함수\*\*\()손실": "오류함수; once a lesson 오류함수(손실 함수)",
    "시드 (문서|00)": "문서 001; 시드는 난수에만",
    "사분위 평균|사분위수 평균": "사분위간 평균",
    "할인율|감쇠율|할인 인자": "감가율",
    "큐 ?펑션|큐 함수": "큐함수",
    "리워드": "보상",
    "목표 함수": "목표함수",
    "뉴럴 ?네트워크|뉴럴넷": "신경망",
    "딥살사": "딥 살사",
    "강화 학습|지도 학습": "강화학습, 지도학습",
    r"\d 에피소드": "20에피소드, as 20스텝",
    r"(?<=\s)이 강의(는|의|가|에서)": "이 과정: 강의 is the lecture of 2020",
    "그레이디언트 스텝": "업데이트",
    r"(?<![\d.])\d\d(에서|과|와|은|는|의) (?=[가-힣])": "06강에서, 06강과, …",
}
ENGLISH = {
    r"[Ss]eed document": "document",
    r"\bis called so\b|\bso is called\b": "is called",
    r"\bso-manieth\b": "nth",
}


def prose(language):
    """Of every text in a language its name and its words."""
    for source in SOURCES:
        cells = build.read(source).cells
        yield (
            source.stem,
            "\n".join(c.source for c in cells if c.metadata.get("lang") == language),
        )
    column = 2 if language == "ko" else 1
    for name, exercise in checks.EXERCISES.items():
        yield name, "\n".join(mistake[column] for mistake in exercise.mistakes)
    for page in PAGES:
        if language == "en":
            page = page.with_name(page.name.replace(".ko.md", ".md"))
        yield page.name, page.read_text(encoding="utf-8")


def found(words, language):
    for name, text in prose(language):
        without_code = re.sub(r"```.*?```|`[^`]*`|\$[^$]*\$", "", text, flags=re.S)
        for pattern, better in words.items():
            for match in re.finditer(pattern, without_code):
                around = without_code[max(match.start() - 20, 0) : match.end() + 20]
                yield f"{name}: {around!r} (better: {better})"


@pytest.mark.parametrize(("language", "words"), [("ko", KOREAN), ("en", ENGLISH)])
def test_one_word_for_one_thing(language, words):
    assert list(found(words, language)) == []


def test_a_wrong_word_is_found():
    gradient, *_, lesson = KOREAN
    assert re.search(gradient, "정책 그레디언트") and re.search(lesson, " 06에서 본")


# The documents are the subject of these; the slides are one of them.
ABOUT_THE_DOCUMENTS = ("09", "10", "11", "12")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_nobody_needs_the_slides(source):
    """One line points those who have them to the place; the text tells what they say."""
    for language, line, word in (
        ("en", r"^\*\*On the slides\*\* .*?(?=\n\n|\Z)", r"[Ss]lide"),
        ("ko", r"^\*\*슬라이드에서는\*\* .*?(?=\n\n|\Z)", "슬라이드"),
    ):
        cells = [c.source for c in build.read(source).cells if c.metadata.get("lang") == language]
        text = "\n\n".join(cells)
        assert re.search(line, text, re.M | re.S), f"no line on the slides in {language}"
        rest = re.sub(line, "", text, flags=re.M | re.S)
        rest = re.sub(r"`[^`]*`", "", rest)  # names such as slides_dqn
        most = 15 if source.stem.startswith(ABOUT_THE_DOCUMENTS) else 0
        assert len(re.findall(word, rest)) <= most
