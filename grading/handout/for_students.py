"""Steps of nbgrader's commands that are this course's own: what a release says, and solutions without their marks."""

import re
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from grading.course.assignment import is_answer
from grading.course.settings import read_settings
from grading.probes.edits import model_answer

# In the set-up cells of the source notebooks: the way for those who have no folder to install.
UPLOAD = re.compile(r"upload ([\w.-]+\.zip), run  %pip install \1  in a new cell")


class ForStudents(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """A step of `nbgrader generate_assignment`."""

    def preprocess(self, notebook: Any, resources: Any) -> tuple[Any, Any]:
        """Write c.NeuralCourse.handout_url into the set-up cell; turn Colab's generative AI off if that is asked."""
        settings = read_settings(self.config.NeuralCourse)
        if settings.handout_url:
            install = f"run  %pip install {settings.handout_url}  in a new cell"
            for cell in notebook.cells:
                cell.source = UPLOAD.sub(lambda _: install, cell.source)
        if not settings.colab_ai:
            notebook.metadata["colab"] = {"generative_ai_disabled": True}
        return notebook, resources


class PlainSolutions(NbGraderPreprocessor):  # type: ignore[misc]
    """A step of `nbgrader generate_solution`: model answers as a person would write them, without marks and stubs."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Take the marks of an answer cell away, and what stands after them for students."""
        if is_answer(cell):
            cell.source = model_answer(cell.source)
        return cell, resources
