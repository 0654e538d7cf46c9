"""A made-up class that has answered ps4's two written questions: well, half, wrongly, alike, with pictures, or not at all."""

import base64
import io
import random
from pathlib import Path

import nbformat
from PIL import Image

from grading.course.assignment import Assignment
from grading.course.folder import Course

RULE, MISTAKES = "ps4_backward_rule", "ps4_two_mistakes"
PARTS = {
    RULE: [
        ["Unit $i$ acts on the loss through all units $j$ above it, so $\\delta^l_i = \\sum_j \\delta^{l+1}_j W^{l+1}_{ij} \\sigma'(z^l_i)$.",
         "By the chain rule over every unit of the next layer:\n\n$$\\delta^l_i = \\sum_j \\frac{\\partial \\ell}{\\partial z^{l+1}_j} W^{l+1}_{ij}\\, \\sigma'(z^l_i)$$",
         "The error of a unit is the error of the unit above times the weight between them and the slope.", ""],
        ["As a product of matrices this is $\\delta^l = (W^{l+1} \\delta^{l+1}) \\odot \\sigma'(z^l)$, of shape $(n_l,)$.",
         "With rows: `delta[l] = delta[l+1] @ W[l+1].T * dsigmoid(z[l])`.",
         "So $\\delta^l = (W^{l+1})^T \\delta^{l+1} \\odot \\sigma'(a^l)$.", "In short, multiply and then take the slope."],
        ["Then $\\partial \\ell / \\partial W^l = (a^l)^T \\delta^l$, an outer product, and $\\partial \\ell / \\partial b^l = \\delta^l$.",
         "The weights get `np.outer(a[l], delta[l])` and the biases get `delta[l]` as it is.",
         "The gradient of the weights is $\\delta^l a^l$.", ""]],
    MISTAKES: [
        ["1. The last layer: its error is $\\hat y - y$, no slope of a sigmoid enters.",
         "The weights and biases of the output layer are right, because softmax with cross-entropy needs no `dsigmoid`.",
         "1. None of them is right.", "1. The first layer's, I think."],
        ["2. The wrong slope is positive as well, so the step still goes downhill; with raw pixels it even stays near 0.2 where the true one vanishes.",
         "2. Because $\\sigma'(a)$ and $\\sigma'(z)$ have the same sign, the product with the true gradient is positive.",
         "2. By luck.", "2. The learning rate is small, so mistakes average out."],
        ["3. A gradient check: compare with $(\\ell(w + h) - \\ell(w - h)) / 2h$, weight by weight.",
         "3. Numerical differences of the loss would have shown it at once; accuracy cannot, nobody knows the right number.",
         "3. Train longer and look at the accuracy.", ""]],
}

# What a reader says to those whose part (question, number of the part) is wrong.
SAID = {(RULE, 1): "At which layer's pre-activations is the slope taken, $z^l$ or $z^{l+1}$?",
        (MISTAKES, 2): "Compare the gradient with small steps in the loss: how would you do that?"}


def right(question: str, text: str) -> list[int]:
    """The parts of an answer that are right, from 1: the rubric's items in their order."""
    return [number for number, variants in enumerate(PARTS[question], 1) if any(one in text for one in variants[:2])]


def said_of(question: str, text: str) -> str:
    """The comment that an answer gets: one for a frequent mistake."""
    return next((words for (of, part), words in SAID.items() if of == question and any(
        one in text for one in PARTS[of][part][2:] if one)), "")


def _picture() -> dict[str, dict[str, str]]:
    drawn = io.BytesIO()
    Image.effect_noise((320, 120), 60).save(drawn, "PNG")
    return {"sketch.png": {"image/png": base64.b64encode(drawn.getvalue()).decode()}}


def write_answers(course: Course, assignment: Assignment, students: int) -> list[str]:
    """Hand in for so many students, the same in every run; their names."""
    draw = random.Random(4)
    names = [f"student{number:03d}" for number in range(students)]
    for number, name in enumerate(names):
        answers = {question: "\n\n".join(filter(None, (draw.choice(of) for of in parts))) for question, parts in PARTS.items()}
        pictures = {}
        if number % 12 == 5:
            answers.pop(MISTAKES)  # left as it was
        if number % 15 == 7:
            answers[RULE] = " \n"
        if number % 10 == 3:
            answers[RULE] += "\n\n![my sketch](attachment:sketch.png)"
            pictures[RULE] = _picture()
        path = course.root / "submitted" / name / assignment.name / f"{assignment.name}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(assignment.with_answers(answers, pictures), path)
    return names


def course_of_ps4(root: Path, source: Path) -> Course:
    """A course folder with ps4 alone."""
    for folder in ("submitted", "autograded", "feedback"):
        (root / folder).mkdir(parents=True)
    for folder in ("source", "release"):
        notebook = source / folder / "ps4_numpy_backprop" / "ps4_numpy_backprop.ipynb"
        (root / folder / "ps4_numpy_backprop").mkdir(parents=True)
        (root / folder / "ps4_numpy_backprop" / notebook.name).write_bytes(notebook.read_bytes())
    (root / "nbgrader_config.py").write_bytes((source / "nbgrader_config.py").read_bytes())
    return Course.open(root)
