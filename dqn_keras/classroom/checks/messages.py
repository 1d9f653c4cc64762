"""What the harness itself says, in both languages; the hints stand beside the exercises."""

from dqn_keras.machinery.language import say

# {name} is the exercise, {function} the learner's function.
MESSAGES = {
    "right": ("✓ {name}: right!", "✓ {name}: 정답입니다!"),
    "tried": ("{name}: {case}", "{name}: {case}"),
    "compared": ("expected {expected}, got {came}", "기대한 값 {expected}, 나온 값 {came}"),
    "part": ("{part}: {rest}", "{part}: {rest}"),
    "of shape": ("{value} of shape {shape}", "{value} (모양 {shape})"),
    "empty": (
        "{name}: {function} is not done yet: replace the line with NotImplementedError",
        "{name}: {function}은(는) 아직 풀지 않았습니다. NotImplementedError 줄을 코드로 바꾸세요",
    ),
    "nothing": (
        "{name}: {function} returns nothing yet: does it end with return?",
        "{name}: {function}이(가) 아직 아무것도 반환하지 않습니다. return으로 끝나나요?",
    ),
    "stand-in": (
        "Until then the lesson goes on with the course's own {function}.",
        "그때까지는 강의의 {function}(으)로 계속 진행합니다.",
    ),
    "none": (
        "here it returns nothing (None): does every branch end with return?",
        "여기서는 아무것도 반환하지 않습니다(None). 모든 갈래가 return으로 끝나나요?",
    ),
    "not a function": (
        "{name}: hand in the function itself, without calling it; this is {value}",
        "{name}: 함수를 부르지 말고 함수 자체를 넘기세요. 지금 넘긴 것은 {value}입니다",
    ),
    "imported": (
        "{name}: {function} is the course's own; the exercise is to write it yourself",
        "{name}: {function}은(는) 강의에 들어 있는 함수입니다. 이번 연습은 직접 써 보는 것입니다",
    ),
    "error": ("{function} stops with {error}", "{function}이(가) {error} 오류로 멈춥니다"),
    "line": ("line {number}: {code}", "{number}번째 줄: {code}"),
    "endless": (
        "{function} did not end within {seconds} s: does its loop come to an end?",
        "{function}이(가) {seconds}초 안에 끝나지 않습니다. 반복문이 끝나기는 하나요?",
    ),
    "changed": (
        "it changes its argument {argument}: work on a copy, or write the result elsewhere",
        "인자 {argument}을(를) 바꿉니다. 복사본으로 계산하거나 결과를 다른 곳에 쓰세요",
    ),
    "dice": (
        "the same seed gave other draws: take every random number from `rng`, "
        "not from np.random, random or tf.random",
        "시드가 같은데 다른 값이 뽑혔습니다. 난수는 np.random, random, tf.random이 아니라 모두 "
        "`rng`에서 뽑으세요",
    ),
}


class Told(Exception):
    """What an exercise's `observe` finds wrong in so many words: a message and its values."""

    def __init__(self, key: str, **values):
        super().__init__(key)
        self.key, self.values = key, values


def message(key: str, **values) -> str:
    """A message in the chosen language."""
    return say(*MESSAGES[key]).format(**values)
