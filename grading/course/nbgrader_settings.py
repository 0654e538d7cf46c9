"""What this course sets in nbgrader's configuration.

Parts of other packages stand there by their import names, so that reading it imports none of them.
"""

import os
import sys
from pathlib import Path
from typing import Any

COURSE_ID = "neural-networks"
# As `zip_collect` finds what this course's extractor took out of a download; at_TIME where its time is known.
FILE_NAMES = (r".*/student_(?P<student_id>[^/]+)_assignsubmission_file_/(?:at_(?P<timestamp>[^/]+)/)?"
              r"(?P<file_id>[^/]+)\.ipynb$")

# Where this course looks; somebody's own Jupyter configuration may say otherwise for other courses.
FOLDERS = {f"{step}_directory": step for step in ("source", "release", "submitted", "autograded", "feedback")} | {
    "directory_structure": "{nbgrader_step}/{student_id}/{assignment_id}"}


def configure(config: Any) -> None:
    """Set what this course needs; may be called several times for one configuration."""
    config.CourseDirectory.course_id = COURSE_ID
    config.CourseDirectory.update(FOLDERS)
    config.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE"}
    config.ClearMarkScheme.enforce_metadata = False  # rubrics stand in locked Markdown cells, not in task cells
    config.GenerateFeedback.preprocessors = [
        *_of_nbgrader("GetGrades"), "grading.pages.nbgrader_feedback.ClearHiddenTestsOnly",
        "grading.pages.nbgrader_feedback.ClearMarkSchemeOnly", "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor"]
    config.ClearMarkSchemeOnly.enforce_metadata = False
    config.GenerateAssignment.preprocessors = [
        *_of_nbgrader("IncludeHeaderFooter", "InstantiateTests", "LockCells", "ClearSolutions", "ClearOutput",
                      "CheckCellMetadata", "ComputeChecksums", "SaveCells", "ClearHiddenTests", "ClearMarkScheme"),
        "grading.handout.for_students.ForStudents", *_of_nbgrader("ComputeChecksums", "CheckCellMetadata")]
    config.GenerateSolution.preprocessors = [
        *_of_nbgrader("LockCells", "ClearOutput"), "grading.pages.nbgrader_feedback.ClearHiddenTestsOnly",
        "grading.pages.nbgrader_feedback.ClearMarkSchemeOnly", "grading.handout.for_students.PlainSolutions",
        *_of_nbgrader("Execute")]
    # For formgrader and generate_feedback.
    config.HTMLExporter.filters = {"markdown2html": "grading.pages.markdown.of_a_cell"}
    config.HTMLExporter.sanitize_html = True
    config.AssignLatePenalties.plugin_class = "grading.marks.lateness.LatePolicy"
    config.FileNameCollectorPlugin.named_regexp = FILE_NAMES
    config.ZipCollectApp.extractor_plugin = "grading.handin.downloads.NotebookExtractor"
    config.ExchangeFactory.collect = "grading.exchange.collecting.Collect"
    config.ExchangeFactory.release_feedback = "grading.exchange.releasing.ReleaseFeedback"
    # A new gradebook makes nbgrader call `alembic`, which lies beside this interpreter.
    folder = str(Path(sys.executable).parent)
    if folder not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([folder, os.environ.get("PATH", os.defpath)])


def _of_nbgrader(*steps: str) -> list[str]:
    return [f"nbgrader.preprocessors.{step}" for step in steps]
