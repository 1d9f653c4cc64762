"""Lesson 17: pixels."""

import math

import numpy as np

from dqn_keras.classroom.checks.harness import exercise


def _picture(rng):
    """A small picture of zeros and ones, and a filter of small numbers."""
    height, width, channels = rng.integers(3, 7), rng.integers(3, 7), rng.integers(1, 4)
    picture = (rng.random([height, width, channels]) < 0.4).astype(rng.choice(["f4", "f8"]))
    kernel = rng.integers(-3, 4, [3, 3, channels]) * 0.5
    return picture, kernel.astype(picture.dtype), float(rng.choice([-1.5, -0.5, 0.0, 0.5, 2.0]))


def _patches(picture, size=3, step=1):
    """The picture's patches by row and column: [rows, columns, size, size, C]."""
    rows, columns = (range(0, n - size + 1, step) for n in picture.shape[:2])
    return np.array(
        [[picture[y : y + size, x : x + size] for x in columns] for y in rows], picture.dtype
    )


def _seen(
    sums=lambda patches, kernel: (patches * kernel).sum(axis=(2, 3, 4)),
    with_bias=lambda sums, bias: sums + bias,
    activation=lambda x: np.maximum(x, 0),
    kernel=lambda kernel: kernel,
    patches=_patches,
):
    """What a filter sees, of which one part is replaced."""
    return lambda picture, kernel_, bias: activation(
        with_bias(sums(patches(picture), kernel(kernel_)), bias)
    )


def _padded(picture):
    return _patches(np.pad(picture, [(1, 1), (1, 1), (0, 0)]))


def _of_seen(change):
    """What a filter sees, changed in the end."""
    return lambda *case: change(_seen()(*case))


def _last_ones_left(rows, columns):
    """The loops end too early: the last row or column stays as it was made."""

    def seen(picture, kernel, bias):
        right = _seen()(picture, kernel, bias)
        result = np.zeros_like(right)
        end = right.shape[0] - rows, right.shape[1] - columns
        result[: end[0], : end[1]] = right[: end[0], : end[1]]
        return result

    return seen


def _columns_first(picture, kernel, bias):
    """The slice has x and y in each other's places; unless the picture is square, it breaks off."""
    patches = np.zeros([picture.shape[0] - 2, picture.shape[1] - 2, *kernel.shape])
    for y in range(len(patches)):
        for x in range(len(patches[0])):
            patches[y, x] = picture[x : x + 3, y : y + 3]
    return _seen(patches=lambda _: patches)(picture, kernel, bias)


def _going_on(picture, kernel, bias):
    """The sum is never set back to 0."""
    right = _seen(activation=lambda x: x)(picture, kernel, bias)
    return np.maximum(np.cumsum(right).reshape(right.shape), 0)


@exercise(
    examples=[
        # By hand: the ball, and the trail above it to the left.
        (
            np.array([[[0, 1], [0, 0], [0, 0]], [[0, 0], [1, 0], [0, 0]], [[0, 0]] * 3], float),
            np.array([[[0, 1], [0, 0], [0, 0]], [[0, 0], [1, 0], [0, 0]], [[0, 0]] * 3], float),
            -1.0,
        ),
        (np.eye(4)[:, :, None], np.array([[1, 2, 0], [0, 1, 3], [-1, 0, 1]], float)[:, :, None], 0),
        (np.eye(3, 5)[:, :, None], np.diag([1.0, -2.0, -3.0])[:, :, None], 0.5),
        (np.ones([3, 3, 1]), np.full([3, 3, 1], 0.5), -0.5),
        (np.ones([4, 3, 2]), np.ones([3, 3, 2]) * np.array([0.5, -1.0]), 10.0),
    ],
    random=_picture,
    number=24,
    mistakes=[
        _seen(activation=lambda x: x),
        "numbers below 0 are left: the ReLU makes them 0",
        "음수가 남아 있습니다. ReLU로 0으로 바꾸세요",
        _seen(with_bias=lambda sums, bias: sums),
        "the bias is missing",
        "편향을 더하지 않았습니다",
        _seen(with_bias=lambda sums, bias: np.maximum(sums, 0) + bias, activation=lambda x: x),
        "the bias comes after the ReLU: add it before",
        "ReLU 다음에 편향을 더했습니다. 먼저 더하세요",
        _seen(patches=_padded),
        "the result has a cell for each cell of the picture: the filter stands only where all nine "
        "cells lie inside",
        "결과의 크기가 그림과 같습니다. 필터는 아홉 칸이 모두 그림 안에 있는 곳에만 놓으세요",
        _last_ones_left(1, 1),
        "the last row and column are left out: there are H - 2 and W - 2 places",
        "마지막 행과 열을 빠뜨렸습니다. 자리는 H - 2행, W - 2열입니다",
        _seen(activation=lambda x: np.minimum(x, 0)),
        "np.minimum keeps the numbers below 0: the ReLU keeps those above",
        "np.minimum은 음수를 남깁니다. ReLU는 양수를 남깁니다",
        _seen(activation=lambda x: np.where(x > 0, x, 0.01 * x)),
        "a little is left of the numbers below 0: the ReLU makes them 0",
        "음수가 조금 남아 있습니다. ReLU는 음수를 0으로 만듭니다",
        _seen(activation=abs),
        "the absolute value: the ReLU makes 0 of what is below 0",
        "절댓값을 썼습니다. ReLU는 음수를 0으로 만듭니다",
        _seen(activation=lambda x: (x > 0) * 1.0),
        "only zeros and ones are left: the ReLU keeps a positive number as it is",
        "0과 1만 남았습니다. ReLU는 양수를 그대로 둡니다",
        _seen(activation=lambda x: np.clip(x, 0, 1)),
        "numbers above 1 are cut off: the ReLU has no upper end",
        "1보다 큰 수를 잘랐습니다. ReLU에는 위쪽 한계가 없습니다",
        _seen(activation=lambda x: 1 / (1 + np.exp(-x))),
        "that is a sigmoid: the ReLU is np.maximum(x, 0)",
        "시그모이드입니다. ReLU는 np.maximum(x, 0)입니다",
        _seen(with_bias=lambda sums, bias: np.maximum(sums, 0) + bias),
        "the ReLU comes before the bias as well: only once, after it",
        "편향을 더하기 전에도 ReLU를 썼습니다. 더한 다음 한 번만 쓰세요",
        _seen(with_bias=lambda sums, bias: sums - bias),
        "the bias is taken off: add it",
        "편향을 뺐습니다. 더하세요",
        _seen(with_bias=lambda sums, bias: sums * bias),
        "the bias is multiplied: add it",
        "편향을 곱했습니다. 더하세요",
        lambda picture, kernel, bias: _seen()(picture, kernel, bias * kernel[..., 0].size),
        "the bias is added nine times: once, to the sum",
        "편향을 아홉 번 더했습니다. 합에 한 번만 더하세요",
        lambda picture, kernel, bias: _seen()(picture, kernel, bias * kernel.size),
        "the bias is added to every product: once, to the sum",
        "곱마다 편향을 더했습니다. 합에 한 번만 더하세요",
        lambda picture, kernel, bias: _seen()(picture, kernel, bias * picture.shape[2]),
        "the bias is added once for each channel: once, to the sum",
        "채널마다 편향을 더했습니다. 합에 한 번만 더하세요",
        lambda picture, kernel, bias: _seen(activation=lambda x: x)(picture, kernel, 0),
        "bias and ReLU are missing",
        "편향도 ReLU도 없습니다",
        _seen(kernel=lambda kernel: kernel[::-1, ::-1]),
        "the filter is turned by half a circle: lay it on as it is",
        "필터를 반 바퀴 돌렸습니다. 그대로 겹치세요",
        _seen(kernel=lambda kernel: kernel[::-1]),
        "the filter stands on its head: lay it on as it is",
        "필터의 위아래가 뒤집혔습니다. 그대로 겹치세요",
        _seen(kernel=lambda kernel: kernel[:, ::-1]),
        "the filter's left and right have changed places: lay it on as it is",
        "필터의 왼쪽과 오른쪽이 바뀌었습니다. 그대로 겹치세요",
        _seen(kernel=lambda kernel: kernel.transpose(1, 0, 2)),
        "the filter's rows and columns have changed places",
        "필터의 행과 열이 바뀌었습니다",
        _seen(kernel=lambda kernel: kernel[:, :, ::-1]),
        "the filter's channels come in reverse order",
        "필터의 채널 순서가 거꾸로입니다",
        _seen(kernel=lambda kernel: kernel[::-1, ::-1, ::-1]),
        "the filter is turned round in all directions, as in mathematics: lay it on as it is",
        "필터를 모든 방향으로 뒤집었습니다(수학의 합성곱). 그대로 겹치세요",
        _seen(kernel=lambda kernel: np.ones_like(kernel)),
        "the filter is not used: multiply the patch with it",
        "필터를 쓰지 않았습니다. 조각에 곱하세요",
        _seen(kernel=lambda kernel: kernel[:1, :1]),
        "only the filter's first cell is used",
        "필터의 첫 칸만 썼습니다",
        _seen(kernel=lambda kernel: kernel[1:2, 1:2]),
        "only the filter's middle is used",
        "필터의 가운데 칸만 썼습니다",
        _columns_first,
        "rows and columns have changed places: the patch is picture[y : y + 3, x : x + 3], and y "
        "counts rows",
        "행과 열이 바뀌었습니다. 조각은 picture[y : y + 3, x : x + 3]이고 y가 행입니다",
        _of_seen(np.transpose),
        "rows and columns of the result have changed places",
        "결과의 행과 열이 바뀌었습니다",
        _seen(patches=lambda picture: _patches(picture, step=3)),
        "the filter moves on by three cells: move it by one",
        "필터가 세 칸씩 움직입니다. 한 칸씩 옮기세요",
        _seen(patches=lambda picture: _patches(picture, step=2)),
        "the filter moves on by two cells: move it by one",
        "필터가 두 칸씩 움직입니다. 한 칸씩 옮기세요",
        _seen(sums=lambda patches, kernel: (patches * kernel).sum(axis=(2, 3))),
        "the channels are still apart: add them up as well",
        "채널마다 따로 남아 있습니다. 채널까지 모두 더하세요",
        _seen(sums=lambda patches, kernel: (patches * kernel)[..., 0].sum(axis=(2, 3))),
        "only the first channel counts: add up all",
        "첫 채널만 셌습니다. 모두 더하세요",
        _seen(sums=lambda patches, kernel: (patches * kernel)[..., -1].sum(axis=(2, 3))),
        "only the last channel counts: add up all",
        "마지막 채널만 셌습니다. 모두 더하세요",
        _seen(sums=lambda patches, kernel: (patches * kernel).mean(axis=(2, 3, 4))),
        "the mean of the products: take their sum",
        "곱의 평균을 썼습니다. 더하세요",
        _seen(sums=lambda patches, kernel: (patches * kernel).mean(axis=(2, 3)).sum(axis=2)),
        "the mean of the nine cells: add them up",
        "아홉 칸의 평균을 썼습니다. 더하세요",
        _seen(sums=lambda patches, kernel: (patches * kernel).sum(axis=(2, 3)).mean(axis=2)),
        "the mean over the channels: add them up",
        "채널끼리 평균을 냈습니다. 더하세요",
        _seen(sums=lambda patches, kernel: (patches * kernel).max(axis=(2, 3, 4))),
        "the largest product: add up all",
        "가장 큰 곱을 골랐습니다. 모두 더하세요",
        _seen(sums=lambda patches, kernel: np.maximum(patches * kernel, 0).sum(axis=(2, 3, 4))),
        "the ReLU comes before the sum: products below 0 count, too",
        "더하기 전에 ReLU를 썼습니다. 음수인 곱도 더하세요",
        _seen(
            sums=lambda patches, kernel: np.maximum((patches * kernel).sum(axis=(2, 3)), 0).sum(2)
        ),
        "the ReLU comes channel by channel: first add up all channels",
        "채널마다 ReLU를 썼습니다. 먼저 채널까지 모두 더하세요",
        _seen(sums=lambda patches, kernel: (patches + kernel).sum(axis=(2, 3, 4))),
        "patch and filter are added: multiply them cell by cell",
        "조각과 필터를 더했습니다. 칸끼리 곱하세요",
        _seen(sums=lambda patches, kernel: (patches - kernel).sum(axis=(2, 3, 4))),
        "the filter is taken off: multiply cell by cell",
        "필터를 뺐습니다. 칸끼리 곱하세요",
        _seen(sums=lambda patches, kernel: abs(patches - kernel).sum(axis=(2, 3, 4))),
        "that is how far patch and filter are apart: multiply them cell by cell",
        "조각과 필터의 거리입니다. 칸끼리 곱하세요",
        _seen(sums=lambda patches, kernel: (patches * kernel).prod(axis=(2, 3, 4))),
        "the products are multiplied: add them up",
        "곱들을 다시 곱했습니다. 더하세요",
        _seen(sums=lambda patches, kernel: patches.sum(axis=(2, 3, 4)) * kernel.sum()),
        "two sums are multiplied: first multiply cell by cell, then add up",
        "합끼리 곱했습니다. 칸끼리 먼저 곱한 다음 더하세요",
        _last_ones_left(1, 0),
        "the last row is left out: there are H - 2",
        "마지막 행을 빠뜨렸습니다. H - 2개입니다",
        _last_ones_left(0, 1),
        "the last column is left out: there are W - 2",
        "마지막 열을 빠뜨렸습니다. W - 2개입니다",
        _going_on,
        "the sum goes on from place to place: begin at 0 at each",
        "앞자리의 합에 이어서 더했습니다. 자리마다 0부터 다시 더하세요",
        _of_seen(lambda seen: seen[:-1, :-1]),
        "a row and a column are missing: a picture [H, W] has H - 2 and W - 2 places",
        "행과 열이 하나씩 모자랍니다. 그림이 [H, W]이면 자리는 H - 2행, W - 2열입니다",
        _of_seen(lambda seen: np.pad(seen, 1)),
        "the result has a rim of zeros: return the H - 2 times W - 2 places alone",
        "결과의 둘레에 0이 있습니다. H - 2행, W - 2열의 자리만 반환하세요",
        _of_seen(lambda seen: np.pad(seen, [(0, 1), (0, 1)])),
        "the result is too large by a row and a column",
        "결과에 행과 열이 하나씩 더 있습니다",
        _of_seen(lambda seen: np.pad(seen, [(0, 2), (0, 2)])),
        "the result is as large as the picture: it has two rows and two columns less",
        "결과의 크기가 그림과 같습니다. 행과 열이 둘씩 적어야 합니다",
        _of_seen(lambda seen: seen[..., None]),
        "each number stands in brackets of its own: return [H - 2, W - 2]",
        "숫자마다 괄호가 하나 더 있습니다. [H - 2, W - 2]를 반환하세요",
        _of_seen(np.ravel),
        "that is one long row: return it in the shape [H - 2, W - 2]",
        "숫자가 한 줄로 늘어섰습니다. [H - 2, W - 2] 모양으로 반환하세요",
        _of_seen(lambda seen: seen[0]),
        "that is the first row alone: does return stand inside of the loop?",
        "첫 행뿐입니다. return이 반복문 안에 있나요?",
        _of_seen(lambda seen: seen[-1]),
        "that is the last row alone: collect all of them",
        "마지막 행뿐입니다. 모두 모으세요",
        _of_seen(lambda seen: seen[:, 0]),
        "that is the first column alone: one number for each place",
        "첫 열뿐입니다. 자리마다 숫자가 하나씩 있어야 합니다",
        _of_seen(lambda seen: seen[0, 0]),
        "that is the first place alone: does return stand inside of the loop?",
        "첫 자리뿐입니다. return이 반복문 안에 있나요?",
        _of_seen(lambda seen: seen[-1, -1]),
        "that is the last place alone: keep the number of each",
        "마지막 자리뿐입니다. 자리마다의 숫자를 남기세요",
        _of_seen(np.sum),
        "all places are added up: return the number of each",
        "모든 자리를 더했습니다. 자리마다의 숫자를 반환하세요",
        _of_seen(np.max),
        "the largest of all places: return the number of each",
        "가장 큰 숫자뿐입니다. 자리마다의 숫자를 반환하세요",
        _of_seen(np.mean),
        "the mean of all places: return the number of each",
        "모든 자리의 평균입니다. 자리마다의 숫자를 반환하세요",
        _of_seen(lambda seen: seen.astype(int)),
        "the numbers are cut to whole ones: np.zeros makes room for others, too",
        "정수로 잘렸습니다. np.zeros로 만들면 잘리지 않습니다",
        _of_seen(np.round),
        "the numbers are rounded: leave them as they are",
        "반올림했습니다. 그대로 두세요",
        _of_seen(np.zeros_like),
        "all zeros: is the result ever written to?",
        "모두 0입니다. 결과에 값을 넣었나요?",
    ],
)
def check_convolution(picture, kernel, bias):
    """What one filter sees of a picture, after the ReLU: [H - 2, W - 2]."""
    return _seen()(picture, kernel, bias)


def _memory(rng):
    """A number of transitions, a shape and a number's bytes, of which no two look alike."""
    shape = tuple(int(n) for n in rng.integers(2, 12, rng.integers(1, 4)))
    return int(rng.choice([7, 50, 1000, 20_000])), shape, int(rng.choice([1, 2, 4, 8]))


def _bytes(
    states=2, others=9, size=math.prod, each=lambda each: each, all_of=lambda n, row: n * row
):
    """A memory's bytes, of which one part is replaced."""
    return lambda n, shape, bytes_each: all_of(n, states * size(shape) * each(bytes_each) + others)


def _of_bytes(change):
    return lambda *case: change(_bytes()(*case))


@exercise(
    examples=[
        (1, (2,), 1),
        (2, (4,), 4),
        (10, (10, 10, 4), 1),
        (1_000_000, (10, 10, 4), 1),
        (1_000_000, (10, 10, 4), 4),
        (1_000_000, (84, 84, 4), 1),
    ],
    random=_memory,
    number=16,
    mistakes=[
        _bytes(states=1),
        "only one picture is counted: the next state is kept, too",
        "그림을 하나만 셌습니다. 다음 상태도 저장합니다",
        _bytes(states=1, others=0),
        "only the states are counted: there are next states, actions, rewards and ends, too",
        "상태만 셌습니다. 다음 상태, 행동, 보상, `terminated`도 있습니다",
        _bytes(others=0),
        "only the pictures are counted: action, reward and `terminated` are 9 bytes more",
        "그림만 셌습니다. 행동, 보상, `terminated`의 9바이트가 더 있습니다",
        _bytes(others=8),
        "one byte is missing: `terminated`",
        "한 바이트가 모자랍니다. `terminated`입니다",
        _bytes(others=5),
        "four bytes are missing: action and reward take 4 each",
        "네 바이트가 모자랍니다. 행동과 보상은 4바이트씩입니다",
        _bytes(others=4),
        "five bytes are missing: the action takes 4, the reward 4, `terminated` 1",
        "다섯 바이트가 모자랍니다. 행동 4, 보상 4, `terminated` 1바이트입니다",
        _bytes(others=6),
        "three bytes are missing: action and reward take 4 each",
        "세 바이트가 모자랍니다. 행동과 보상은 4바이트씩입니다",
        _bytes(others=8.125),
        "`terminated` counts as one bit: it takes a whole byte",
        "`terminated`를 1비트로 셌습니다. 1바이트를 차지합니다",
        _bytes(others=3),
        "action, reward and `terminated` count as one byte each: they take 4, 4 and 1",
        "행동, 보상, `terminated`를 1바이트씩 셌습니다. 4, 4, 1바이트입니다",
        _bytes(others=12),
        "`terminated` takes one byte, not four",
        "`terminated`는 4바이트가 아니라 1바이트입니다",
        _bytes(others=13),
        "four bytes too many: action 4, reward 4, `terminated` 1",
        "네 바이트가 더 많습니다. 행동 4, 보상 4, `terminated` 1바이트입니다",
        _bytes(others=17),
        "the reward takes 4 bytes, a float32",
        "보상은 float32라서 4바이트입니다",
        _bytes(others=1),
        "action and reward are missing, 4 bytes each",
        "행동과 보상이 빠졌습니다. 4바이트씩입니다",
        _bytes(others=18),
        "action, reward and `terminated` are counted twice: only the picture is kept twice",
        "행동, 보상, `terminated`를 두 번 셌습니다. 두 번 저장하는 것은 그림뿐입니다",
        lambda n, shape, each: n * (2 * math.prod(shape) + 3) * each,
        "every number counts `bytes_each`: that is the picture's; action 4, reward 4, "
        "`terminated` 1",
        "모든 숫자를 `bytes_each`로 셌습니다. 그것은 그림의 숫자에만 쓰고, 행동 4, 보상 4, "
        "`terminated` 1바이트입니다",
        lambda n, shape, each: n * (2 * math.prod(shape) + 9) * each,
        "`bytes_each` multiplies all: it belongs to the pictures' numbers alone",
        "`bytes_each`를 전체에 곱했습니다. 그림의 숫자에만 곱하세요",
        lambda n, shape, each: 2 * n * math.prod(shape) * each + 9,
        "the 9 bytes are counted once: each transition has them",
        "9바이트를 한 번만 더했습니다. 샘플마다 있습니다",
        lambda n, shape, each: n * 2 * math.prod(shape) + n * 9,
        "`bytes_each` is not used: how large is one number of a picture?",
        "`bytes_each`를 쓰지 않았습니다. 그림의 숫자 하나는 몇 바이트인가요?",
        _bytes(each=lambda each: 4),
        "a picture's number always takes 4 bytes: use `bytes_each`",
        "그림의 숫자를 언제나 4바이트로 셌습니다. `bytes_each`를 쓰세요",
        _bytes(each=lambda each: 8 * each),
        "bits in place of bytes",
        "바이트가 아니라 비트를 셌습니다",
        _of_bytes(lambda number: 8 * number),
        "bits in place of bytes: eight times too much",
        "바이트가 아니라 비트로 세어 여덟 배가 나왔습니다",
        _bytes(size=sum),
        "the shape's numbers are added up: a picture has their product of numbers",
        "모양의 숫자를 더했습니다. 그림의 숫자는 곱한 만큼 있습니다",
        _bytes(size=len),
        "that is how many dimensions the shape has: multiply its numbers",
        "모양의 차원 수입니다. 모양의 숫자를 곱하세요",
        _bytes(size=lambda shape: shape[0]),
        "only the shape's first number is used: multiply all",
        "모양의 첫 숫자만 썼습니다. 모두 곱하세요",
        _bytes(size=lambda shape: shape[-1]),
        "only the shape's last number is used: multiply all",
        "모양의 마지막 숫자만 썼습니다. 모두 곱하세요",
        _bytes(size=lambda shape: math.prod(shape[:-1])),
        "the last number of the shape, the channels, is left out",
        "모양의 마지막 숫자(채널)를 빠뜨렸습니다",
        _bytes(size=lambda shape: math.prod(shape[:2])),
        "only height and width are multiplied: the channels count, too",
        "높이와 너비만 곱했습니다. 채널도 곱하세요",
        _bytes(size=lambda shape: shape[0] * shape[1] * shape[2]),
        "a shape may have fewer numbers than three, as CartPole's (4,): np.prod multiplies what "
        "there is",
        "카트폴의 (4,)처럼 숫자가 셋보다 적은 모양도 있습니다. np.prod는 있는 대로 곱합니다",
        _bytes(size=lambda shape: math.prod(shape) ** 2),
        "the picture's size is squared: two pictures are twice as much",
        "그림의 크기를 제곱했습니다. 그림이 둘이면 두 배입니다",
        _bytes(all_of=lambda n, row: row),
        "that is one transition: multiply by how many there are",
        "샘플 하나의 바이트 수입니다. 샘플 개수를 곱하세요",
        _bytes(all_of=lambda n, row: n + row),
        "the number of transitions is added: multiply by it",
        "샘플 개수를 더했습니다. 곱하세요",
        _bytes(all_of=lambda n, row: 2 * n * row),
        "twice too much: the next state is counted already",
        "두 배가 나왔습니다. 다음 상태는 이미 셌습니다",
        _bytes(states=3),
        "three pictures a transition: there are two, the state and the next state",
        "그림을 세 장 셌습니다. 상태와 다음 상태, 두 장입니다",
        _bytes(states=4),
        "four pictures a transition: there are two, the state and the next state",
        "그림을 네 장 셌습니다. 상태와 다음 상태, 두 장입니다",
        _of_bytes(lambda number: number / 2**30),
        "that is in GiB: return bytes",
        "GiB로 나왔습니다. 바이트로 반환하세요",
        _of_bytes(lambda number: number / 1e9),
        "that is in GB: return bytes",
        "GB로 나왔습니다. 바이트로 반환하세요",
        _of_bytes(lambda number: number / 2**20),
        "that is in MiB: return bytes",
        "MiB로 나왔습니다. 바이트로 반환하세요",
        _of_bytes(lambda number: number / 1e6),
        "that is in MB: return bytes",
        "MB로 나왔습니다. 바이트로 반환하세요",
        _of_bytes(lambda number: number / 1e3),
        "that is in kB: return bytes",
        "kB로 나왔습니다. 바이트로 반환하세요",
        _of_bytes(lambda number: number / 1024),
        "that is in KiB: return bytes",
        "KiB로 나왔습니다. 바이트로 반환하세요",
        _of_bytes(lambda number: (number + 2**31) % 2**32 - 2**31),
        "so large a number does not fit into 32 bits: use Python's own numbers, or 64 bits",
        "32비트에 들어가지 않는 큰 수입니다. 파이썬의 정수나 64비트로 계산하세요",
        lambda n, shape, each: (2 * n * math.prod(shape) * each, 4 * n, 4 * n, n),
        "the parts are still apart: add them up",
        "부분마다 따로 나왔습니다. 더하세요",
        lambda n, shape, each: 2 * math.prod([n, *shape]) + each + 9 * n,
        "`bytes_each` is added: multiply by it",
        "`bytes_each`를 더했습니다. 곱하세요",
    ],
)
def check_memory_bytes(transitions, state_shape, bytes_each):
    """The bytes that a replay memory takes."""
    return _bytes()(transitions, state_shape, bytes_each)


def _update(rng):
    """Weights, gradients and both means, the mean square above the square of the mean."""
    dtype = rng.choice(["float32", "float64"])
    shape = rng.integers(1, 4, rng.integers(1, 3))
    weights, gradients, mean = (rng.normal(0, scale, shape).round(2) for scale in (3, 0.4, 0.2))
    square = (mean**2 + rng.choice([0.01, 0.05, 0.2], shape)).round(3)
    rate = float(rng.choice([0.02, 0.05, 0.1, 0.5]))
    return *(array.astype(dtype) for array in (weights, gradients, mean, square)), rate


def _rmsprop(
    mean=lambda m, g: 0.95 * m + 0.05 * g,
    square=lambda s, g: 0.95 * s + 0.05 * g**2,
    spread=lambda m, s: s - m**2,
    root=lambda v: np.sqrt(v + 0.0001),
    step=lambda g, root, m: g / root,
    move=lambda w, change: w - change,
    old=False,
    all_of=lambda w, m, s: (w, m, s),
):
    """A step of RMSProp, of which one part is replaced; `old`: the step uses the old means."""

    def update(weights, gradients, mean_, square_, rate):
        m, s = mean(mean_, gradients), square(square_, gradients)
        used = (mean_, square_) if old else (m, s)
        with np.errstate(invalid="ignore", divide="ignore"):
            change = rate * step(gradients, root(spread(*used)), m)
        return all_of(move(weights, change), m, s)

    return update


def _rmsprop_of_all(weights, gradients, mean, square, rate):
    """Brackets in the wrong place: the weights are divided as well."""
    _, m, s = _rmsprop()(weights, gradients, mean, square, rate)
    return (weights - rate * gradients) / np.sqrt(s - m**2 + 0.0001), m, s


def _with_old(weights, gradients, mean, square, rate, old_mean):
    """The step uses one mean that is new and one that is not yet."""
    _, m, s = _rmsprop()(weights, gradients, mean, square, rate)
    used = s - mean**2 if old_mean else square - m**2
    with np.errstate(invalid="ignore"):
        return weights - rate * gradients / np.sqrt(used + 0.0001), m, s


@exercise(
    examples=[
        # By hand: nothing is remembered yet.
        (np.array([2.0]), np.array([1.0]), np.array([0.0]), np.array([0.0]), 0.1),
        (np.array([2.0, -1.0]), np.array([1.0, -3.0]), np.zeros(2), np.zeros(2), 0.1),
        (np.array([1.0]), np.array([0.0]), np.array([0.5]), np.array([1.0]), 0.1),
        (np.array([1.0]), np.array([0.01]), np.array([0.01]), np.array([0.0001]), 0.01),
    ],
    random=_update,
    number=24,
    mistakes=[
        _rmsprop(move=lambda w, change: w + change),
        "it goes uphill: take the step off",
        "오르막으로 갑니다. 빼세요",
        _rmsprop(old=True),
        "the step uses the old means: renew them first",
        "예전 평균으로 움직였습니다. 평균을 먼저 새로 고치세요",
        _rmsprop(mean=lambda m, g: 0.95 * m + g),
        "the gradient counts in full in the mean: 0.05 of it",
        "평균에 그레이디언트를 그대로 더했습니다. 0.05를 곱하세요",
        _rmsprop(spread=lambda m, s: s - m),
        "under the root the mean is taken off: its square",
        "제곱근 안에서 평균을 뺐습니다. 평균의 제곱을 빼세요",
        _rmsprop(root=lambda v: np.sqrt(v) + 0.0001),
        "0.0001 stands behind the root: it belongs under it",
        "0.0001이 제곱근 밖에 있습니다. 제곱근 안에 더하세요",
        _rmsprop(move=lambda w, change: w),
        "the weights have not moved",
        "가중치가 움직이지 않았습니다",
        _rmsprop(move=lambda w, change: change),
        "that is the step alone: take it off the weights",
        "움직이는 양뿐입니다. 가중치에서 빼세요",
        _rmsprop(move=lambda w, change: -change),
        "that is the step alone: add the old weights",
        "움직이는 양뿐입니다. 원래 가중치에 더하세요",
        _rmsprop(mean=lambda m, g: 0.05 * m + 0.95 * g),
        "the mean keeps 0.05 and takes 0.95: the other way round",
        "평균에서 0.05와 0.95가 바뀌었습니다. 예전 값을 0.95만큼 남기세요",
        _rmsprop(square=lambda s, g: 0.05 * s + 0.95 * g**2),
        "the mean square keeps 0.05 and takes 0.95: the other way round",
        "제곱 평균에서 0.05와 0.95가 바뀌었습니다. 예전 값을 0.95만큼 남기세요",
        _rmsprop(mean=lambda m, g: 0.05 * m + 0.95 * g, square=lambda s, g: 0.05 * s + 0.95 * g**2),
        "0.95 and 0.05 have changed places: the old value keeps 0.95",
        "0.95와 0.05가 바뀌었습니다. 예전 값을 0.95만큼 남기세요",
        _rmsprop(square=lambda s, g: 0.95 * s + g**2),
        "the square counts in full in the mean square: 0.05 of it",
        "제곱 평균에 제곱을 그대로 더했습니다. 0.05를 곱하세요",
        _rmsprop(mean=lambda m, g: m + 0.05 * g),
        "the old mean keeps all of itself: 0.95 of it",
        "예전 평균을 그대로 남겼습니다. 0.95를 곱하세요",
        _rmsprop(square=lambda s, g: s + 0.05 * g**2),
        "the old mean square keeps all of itself: 0.95 of it",
        "예전 제곱 평균을 그대로 남겼습니다. 0.95를 곱하세요",
        _rmsprop(mean=lambda m, g: 0.9 * m + 0.1 * g, square=lambda s, g: 0.9 * s + 0.1 * g**2),
        "the means keep 0.9: here 0.95",
        "예전 값을 0.9만큼 남겼습니다. 여기서는 0.95입니다",
        _rmsprop(mean=lambda m, g: 0.99 * m + 0.01 * g, square=lambda s, g: 0.99 * s + 0.01 * g**2),
        "the means keep 0.99: here 0.95",
        "예전 값을 0.99만큼 남겼습니다. 여기서는 0.95입니다",
        _rmsprop(mean=lambda m, g: 0.9 * m + 0.1 * g, square=lambda s, g: 0.999 * s + 0.001 * g**2),
        "these are Adam's 0.9 and 0.999: here both means keep 0.95",
        "Adam의 0.9와 0.999입니다. 여기서는 두 평균 모두 0.95입니다",
        _rmsprop(
            mean=lambda m, g: 0.95 * m + 0.05 * np.mean(g),
            square=lambda s, g: 0.95 * s + 0.05 * np.mean(g**2),
        ),
        "one mean over all weights: each weight has two means of its own",
        "모든 가중치를 한꺼번에 평균했습니다. 가중치마다 평균이 따로 있습니다",
        _rmsprop(mean=lambda m, g: m),
        "the mean is still the old one",
        "평균이 예전 그대로입니다",
        _rmsprop(square=lambda s, g: s),
        "the mean square is still the old one",
        "제곱 평균이 예전 그대로입니다",
        _rmsprop(mean=lambda m, g: g),
        "the mean is the gradient itself: nothing is remembered",
        "평균이 그레이디언트 그대로입니다. 예전 값도 남기세요",
        _rmsprop(square=lambda s, g: g**2),
        "the mean square is the square itself: nothing is remembered",
        "제곱 평균이 제곱 그대로입니다. 예전 값도 남기세요",
        _rmsprop(square=lambda s, g: 0.95 * s + 0.05 * g),
        "the mean square takes the gradient: its square",
        "제곱 평균에 그레이디언트를 넣었습니다. 제곱을 넣으세요",
        _rmsprop(square=lambda s, g: (0.95 * s + 0.05 * g) ** 2),
        "the mean is squared: it is a mean of squares",
        "평균을 제곱했습니다. 제곱을 평균해야 합니다",
        _rmsprop(square=lambda s, g: 0.95 * s + (0.05 * g) ** 2),
        "0.05 is squared, too: only the gradient",
        "0.05까지 제곱했습니다. 그레이디언트만 제곱하세요",
        _rmsprop(square=lambda s, g: 0.95 * s + 0.05 * abs(g)),
        "the mean square takes the absolute value: the square",
        "제곱 평균에 절댓값을 넣었습니다. 제곱을 넣으세요",
        _rmsprop(spread=lambda m, s: s),
        "the mean's square is not taken off under the root",
        "제곱근 안에서 평균의 제곱을 빼지 않았습니다",
        _rmsprop(spread=lambda m, s: s + m**2),
        "under the root the mean's square is added: take it off",
        "제곱근 안에서 평균의 제곱을 더했습니다. 빼세요",
        _rmsprop(spread=lambda m, s: (s - m) ** 2),
        "the difference is squared: only the mean",
        "차를 제곱했습니다. 평균만 제곱하세요",
        _rmsprop(spread=lambda m, s: s**2 - m**2),
        "both are squared: the mean square is one of squares already",
        "둘 다 제곱했습니다. 제곱 평균은 이미 제곱한 것입니다",
        _rmsprop(spread=lambda m, s: m**2),
        "only the mean is under the root",
        "제곱근 안에 평균뿐입니다",
        _rmsprop(root=np.sqrt),
        "0.0001 is missing under the root: it keeps the step finite",
        "제곱근 안에 0.0001이 없습니다. 없으면 0으로 나눌 수 있습니다",
        _rmsprop(
            spread=lambda m, s: (m, s), root=lambda both: np.sqrt(both[1]) - both[0] ** 2 + 1e-4
        ),
        "the root ends too early: the mean's square and 0.0001 belong under it, too",
        "제곱근이 너무 일찍 끝났습니다. 평균의 제곱과 0.0001도 제곱근 안에 넣으세요",
        _rmsprop(spread=lambda m, s: (m, s), root=lambda both: np.sqrt(both[1] + 1e-4) - both[0]),
        "the mean is taken off outside of the root: its square belongs under it",
        "제곱근 밖에서 평균을 뺐습니다. 평균의 제곱을 제곱근 안에서 빼세요",
        *(
            part
            for small in (0.001, 0.00001, 1e-6, 1e-7, 1e-8)
            for outside in (False, True)
            for part in (
                _rmsprop(
                    root=lambda v, small=small, outside=outside: (
                        np.sqrt(v) + small if outside else np.sqrt(v + small)
                    )
                ),
                "the small number that keeps it from dividing by 0 is another one: here it is "
                "0.0001, under the root",
                "0으로 나누지 않게 하는 작은 수가 다릅니다. 여기서는 0.0001이고 제곱근 안에 "
                "있습니다",
            )
        ),
        _rmsprop(root=lambda v: np.sqrt(v) + 0.01),
        "0.01 stands behind the root: here it is 0.0001 under it",
        "제곱근 밖에 0.01을 더했습니다. 여기서는 제곱근 안에 0.0001을 더합니다",
        _rmsprop(root=lambda v: np.sqrt(v + 0.01)),
        "under the root stands 0.01: here 0.0001",
        "제곱근 안에 0.01을 더했습니다. 여기서는 0.0001입니다",
        _rmsprop(root=lambda v: np.sqrt(v - 0.0001)),
        "0.0001 is taken off: add it",
        "0.0001을 뺐습니다. 더하세요",
        _rmsprop(root=lambda v: v + 0.0001),
        "the root is missing",
        "제곱근이 없습니다",
        _rmsprop(root=lambda v: (v + 0.0001) ** 2),
        "that is a square: take the root",
        "제곱했습니다. 제곱근을 쓰세요",
        _rmsprop(step=lambda g, root, m: g * root),
        "the gradient is multiplied with the root: divide by it",
        "제곱근을 곱했습니다. 나누세요",
        _rmsprop(step=lambda g, root, m: m / root),
        "the step goes along the mean: along the gradient",
        "평균 쪽으로 움직입니다. 그레이디언트를 쓰세요",
        _rmsprop(step=lambda g, root, m: 1 / root),
        "the gradient is missing in the step",
        "움직이는 양에 그레이디언트가 없습니다",
        _rmsprop(step=lambda g, root, m: g),
        "that is plain gradient descent: divide by the root",
        "보통의 경사하강법입니다. 제곱근으로 나누세요",
        _rmsprop(step=lambda g, root, m: np.sign(g)),
        "only the sign of the gradient is left: divide by the root",
        "그레이디언트의 부호만 남았습니다. 제곱근으로 나누세요",
        _rmsprop(step=lambda g, root, m: abs(g) / root),
        "the gradient has lost its sign",
        "그레이디언트의 부호가 사라졌습니다",
        _rmsprop(step=lambda g, root, m: g**2 / root),
        "the gradient is squared in the step",
        "움직이는 양에서 그레이디언트를 제곱했습니다",
        lambda w, g, m, s, rate: _rmsprop()(w, g, m, s, 1 / rate),
        "it divides by the learning rate: multiply with it",
        "학습률로 나누었습니다. 곱하세요",
        _rmsprop_of_all,
        "the weights are divided by the root, too: only the step is, so put it into brackets",
        "가중치까지 제곱근으로 나누었습니다. 움직이는 양만 나누도록 괄호를 치세요",
        lambda w, g, m, s, rate: _rmsprop()(w, g, m, s, 1.0),
        "the learning rate is missing",
        "학습률이 없습니다",
        *(
            part
            for rate in (0.1, 0.00025, 0.001, 0.01)
            for part in (
                lambda w, g, m, s, _, rate=rate: _rmsprop()(w, g, m, s, rate),
                "the learning rate is always the same: use the argument",
                "학습률이 언제나 같습니다. 인자를 쓰세요",
            )
        ),
        lambda w, g, m, s, rate: _with_old(w, g, m, s, rate, old_mean=True),
        "the step uses the old mean with the new mean square: renew both first",
        "예전 평균과 새 제곱 평균으로 움직였습니다. 둘 다 먼저 새로 고치세요",
        lambda w, g, m, s, rate: _with_old(w, g, m, s, rate, old_mean=False),
        "the step uses the old mean square with the new mean: renew both first",
        "새 평균과 예전 제곱 평균으로 움직였습니다. 둘 다 먼저 새로 고치세요",
        lambda w, g, m, s, rate: (
            w - rate * g / np.sqrt(s - m**2 + 0.0001),
            0.95 * m + 0.05 * g,
            0.95 * s + 0.05 * (0.95 * m + 0.05 * g) ** 2,
        ),
        "the mean square takes the square of the mean: that of the gradient",
        "제곱 평균에 평균의 제곱을 넣었습니다. 그레이디언트의 제곱을 넣으세요",
        _rmsprop(all_of=lambda w, m, s: w),
        "these are the weights alone: return both means, too",
        "가중치뿐입니다. 두 평균도 함께 반환하세요",
        _rmsprop(all_of=lambda w, m, s: (m, s, w)),
        "the order: weights, mean, mean square",
        "순서가 다릅니다. 가중치, 평균, 제곱 평균입니다",
        *(
            part
            for order in ((1, 0, 2), (2, 0, 1), (2, 1, 0))
            for part in (
                _rmsprop(all_of=lambda *all_, order=order: tuple(all_[i] for i in order)),
                "the order: weights, mean, mean square",
                "순서가 다릅니다. 가중치, 평균, 제곱 평균입니다",
            )
        ),
        _rmsprop(all_of=lambda w, m, s: (w, s, m)),
        "mean and mean square have changed places",
        "평균과 제곱 평균의 자리가 바뀌었습니다",
        _rmsprop(all_of=lambda w, m, s: (m, s)),
        "the weights are missing: return weights, mean, mean square",
        "가중치가 없습니다. 가중치, 평균, 제곱 평균을 반환하세요",
        _rmsprop(all_of=lambda w, m, s: (w, m)),
        "the mean square is missing: return it as well",
        "제곱 평균이 없습니다. 함께 반환하세요",
    ],
)
def check_rmsprop(weights, gradients, mean, square, learning_rate):
    """The weights after one step of centred RMSProp, and both means."""
    return _rmsprop()(weights, gradients, mean, square, learning_rate)
