"""Whatever comes through a job's channel ends a cell or is a described output; it never raises and never wins a point."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grading.course.assignment import Assignment
from grading.course.limits import Limits
from grading.judge.case_outcome import Reply
from grading.judge.cases import Case, draw_cases
from grading.judge.judging import judge
from grading.probes.model import Probe
from grading.run.evaluate import evaluate
from helpers.wire import MAX_HEADER, MAX_PAYLOAD, WireError, decode_frame, encode_frame, encode_leaves, flatten
from tests.fuzz.material import any_json, bent, damaged, texts
from tests.grading.shipping import known_values
from tests.hostile.attack import BOTH

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(20)


class Tape:
    """A job whose child sent these bytes."""

    limits = Limits()

    def __init__(self, data: bytes) -> None:
        self.data, self.place, self.deadline, self.largest = data, 0, float("inf"), 0

    def __enter__(self) -> "Tape":
        return self

    def __exit__(self, *given: object) -> None:
        pass

    def send(self, header: Any, blobs: Any) -> None:
        pass

    def start_cell_clock(self) -> None:
        pass

    def exceeded(self) -> str:
        return ""

    def read(self, size: int) -> bytes:
        self.largest = max(self.largest, size)
        part = self.data[self.place : self.place + size]
        self.place += len(part)
        return part

    def frames(self) -> Iterator[tuple[dict[str, Any], list[bytes]]]:
        while (frame := decode_frame(self.read)) is not None:
            yield frame


class Recorder:
    """A sandbox in which every child sends the same bytes."""

    limits = Limits()

    def __init__(self, data: bytes) -> None:
        self.data = data

    def start(self) -> Tape:
        return Tape(self.data)

    def server_ended(self) -> bool:
        return False


@pytest.fixture(scope="module")
def probe(load: Callable[[str], Assignment]) -> Probe:
    return load(BOTH[0]).problem_set.find("softmax")


@pytest.fixture(scope="module")
def cases(probe: Probe) -> Sequence[Case]:
    return draw_cases(probe, b"secret", "ada", BOTH[0])


def values(cases: Sequence[Case], answer: Callable[..., Any]) -> list[tuple[dict[str, Any], list[bytes]]]:
    """The frames in which a child ships an answer's values."""
    frames = []
    for case in cases:
        headers, blobs = encode_leaves([*flatten("args", case.inputs), *flatten("out", answer(*case.inputs.values()))])
        frames.append(({"type": "values", "probe": "softmax", "case": case.number, "leaves": headers}, blobs))
    return frames


def transcript(cases: Sequence[Case], answer: Callable[..., Any]) -> list[tuple[dict[str, Any], list[bytes]]]:
    """All frames of a child that runs a set-up, an answer and its test."""
    shown = [{"stream": "stdout", "text": "hello"}, {"png": 0}, {"error": "ValueError", "message": "no", "traceback": "a\nb"}]
    return [({"type": "started", "cell": 0}, []), ({"type": "finished", "cell": 0, "outputs": []}, []),
            ({"type": "started", "cell": 1}, []), ({"type": "finished", "cell": 1, "outputs": shown}, [PICTURE]),
            ({"type": "started", "cell": 2}, []), ({"type": "wants", "probe": "softmax"}, []), *values(cases, answer),
            ({"type": "finished", "cell": 2, "outputs": shown[:1]}, []), ({"type": "done"}, [])]


def graded(probe: Probe, cases: Sequence[Case], data: bytes) -> float:
    """Points for what a child sent."""
    evaluation = evaluate(Recorder(data), {0: "", 1: "", 2: ""}, {2: ["softmax"]}, {"softmax": cases})  # type: ignore[arg-type]
    assert evaluation.cells.keys() == {0, 1, 2}
    for run in evaluation.cells.values():
        json.dumps(run.outputs, ensure_ascii=False).encode()
        assert {output["output_type"] for output in run.outputs} <= {"stream", "display_data", "error"}
    try:
        return judge(probe, cases, evaluation.replies.get("softmax", {})).points
    except WireError:
        return 0.0


def written(frames: Sequence[tuple[dict[str, Any], list[bytes]]]) -> bytes:
    return b"".join(encode_frame(header, blobs) for header, blobs in frames)


def test_the_transcript_that_is_damaged_below_is_worth_full_marks(probe: Probe, cases: Sequence[Case]) -> None:
    assert graded(probe, cases, written(transcript(cases, probe.reference))) == probe.max_points


@given(draw=st.data())
def test_a_damaged_stream(probe: Probe, cases: Sequence[Case], draw: st.DataObject) -> None:
    wrong = written(transcript(cases, lambda z: 0 * z))
    start = len(written(transcript(cases, probe.reference)[:2]))  # a student's code runs only after the set-up
    assert graded(probe, cases, wrong[:start] + draw.draw(damaged(wrong[start:]))) == 0.0


@given(draw=st.data())
def test_frames_in_disorder(probe: Probe, cases: Sequence[Case], draw: st.DataObject) -> None:
    frames = transcript(cases, lambda z: 0 * z)
    mixed = draw.draw(st.lists(st.sampled_from(frames), max_size=20))
    assert graded(probe, cases, written([*frames[:2], *mixed])) == 0.0


@given(draw=st.data())
def test_frames_with_bent_headers(probe: Probe, cases: Sequence[Case], draw: st.DataObject) -> None:
    frames = transcript(cases, lambda z: 0 * z)
    number = draw.draw(st.integers(2, len(frames) - 1))
    header = draw.draw(bent(frames[number][0]))
    frames[number] = (header if isinstance(header, dict) else {"type": header}, frames[number][1])
    assert graded(probe, cases, written(frames)) == 0.0


@given(described=st.lists(st.fixed_dictionaries({}, optional={
    "stream": st.sampled_from(["stdout", "stderr", "html"]) | any_json, "text": any_json, "png": st.integers(-2, 3) | any_json, "error": any_json,
    "message": any_json, "traceback": texts}), max_size=4) | any_json)
@example(described=[{"png": True}])
@example(described=[{"stream": "stdout", "text": ["a"]}])
def test_any_outputs(probe: Probe, cases: Sequence[Case], described: Any) -> None:
    frames = transcript(cases, lambda z: 0 * z)
    frames[3] = ({"type": "finished", "cell": 1, "outputs": described}, [PICTURE, b"<svg>"])
    assert graded(probe, cases, written(frames)) == 0.0


leaf = st.fixed_dictionaries({"name": st.sampled_from(["out", "out.a", "args.z"]) | any_json, "kind": st.just("array") | any_json,
                              "dtype": st.sampled_from(["<f8", "<f4", "|b1", "<i8", "|O", ">f8"]) | any_json,
                              "shape": st.lists(st.sampled_from([0, 1, 2, 3, 4, 1 << 25, -1]), max_size=9) | any_json},
                             optional={"blob": st.integers(-1, 2) | any_json})
replies = st.fixed_dictionaries({}, optional={
    "leaves": st.lists(leaf, max_size=5) | any_json,
    "error": any_json | st.fixed_dictionaries({}, optional={
        "type": st.sampled_from(["NotImplementedError", "lost", "ValueError", ""]) | any_json,
        "message": st.sampled_from(["", " ", "\n", "2.1", "2.1 in line", "."]) | any_json, "line": any_json})})


@pytest.mark.parametrize(("problem_set", "name"), [(BOTH[0], "softmax"), (BOTH[0], "catches_wrong_softmax"), (BOTH[1], "finite_difference_check"), (BOTH[1], "Linear"), (BOTH[1], "define_network")])
@given(sent=st.dictionaries(st.integers(0, 6), st.tuples(replies, st.lists(st.integers(0, 40).map(bytes) | st.binary(max_size=48), max_size=3)), max_size=4))
@example(sent={0: ({"error": {"type": "NotImplementedError", "message": " "}}, [])})
@example(sent={0: ({"error": {"type": "NotImplementedError", "message": "\n"}}, []), 1: ({"leaves": []}, [])})
def test_any_reply_is_a_verdict_or_a_wire_error(load: Callable[[str], Assignment], problem_set: str, name: str, sent: Any) -> None:
    known = known_values(load(problem_set).problem_set.find(name), "ada")
    try:
        verdict = judge(known.probe, known.cases, {number: Reply(header, blobs) for number, (header, blobs) in sent.items()}, known=known)
    except WireError:
        return
    assert verdict.points == 0.0
    assert len(verdict.hint) < 3000


def _as_reply(text: bytes) -> Reply | None:
    data = len(text).to_bytes(4, "little") + text
    with suppress(WireError):
        frame = decode_frame(Tape(data).read)
        return Reply(*frame) if frame else None
    return None


def test_an_error_nested_to_the_edge_of_what_can_be_read(probe: Probe, cases: Sequence[Case]) -> None:
    tried = 0
    for depth in range(900, 1000, 2):
        for part in ("type", "message", "line"):
            reply = _as_reply(b'{"blobs": [], "error": {"%s": %s}}' % (part.encode(), b"[" * depth + b"]" * depth))
            if reply:
                tried += 1
                assert _deeper(60, partial(_points, probe, cases, reply)) == 0.0
    assert tried


def _points(probe: Probe, cases: Sequence[Case], reply: Reply) -> float:
    try:
        return judge(probe, cases, {0: reply}).points
    except WireError:
        return 0.0


def _deeper(calls: int, act: Callable[[], float]) -> float:
    """Do something further down the stack than a frame was read, as a command with its progress bars would."""
    return act() if calls == 0 else _deeper(calls - 1, act)


@given(data=st.binary(max_size=400) | st.builds(lambda header, rest: len(header).to_bytes(4, "little") + header + rest,
                                                any_json.map(lambda value: json.dumps(value).encode()), st.binary(max_size=40)))
def test_a_reader_never_asks_for_more_than_its_bounds(data: bytes) -> None:
    tape = Tape(data)
    with suppress(WireError):
        for _ in tape.frames():
            pass
    assert tape.largest <= max(MAX_HEADER, MAX_PAYLOAD)


@given(draw=st.data())
def test_real_frames_damaged_are_frames_or_wire_errors(cases: Sequence[Case], draw: st.DataObject) -> None:
    tape = Tape(draw.draw(damaged(written(values(cases, lambda z: z)), most=6)))
    with suppress(WireError):
        for header, blobs in tape.frames():
            assert header["blobs"] == [len(blob) for blob in blobs]
