"""Pages of feedback as one zip for Moodle or Canvas, each under the name that its hand-in was downloaded by."""

import zipfile
from pathlib import Path

from grading.course.folder import Course
from grading.errors import CourseError
from grading.handin.downloads import by_student, label_of, newest

SYSTEMS = ("moodle", "canvas")


def zip_feedback(course: Course, name: str, system: str) -> tuple[Path, list[str], list[str]]:
    """Write exports/NAME-feedback-SYSTEM.zip; where it is, whose pages are in it, and whose are not.

    Raises CourseError where there are no downloads, or none that carry the system's names.
    """
    downloads = course.root / "downloaded" / name / "archive"
    if not downloads.is_dir():
        raise CourseError(f"{downloads} does not exist: the zip needs the names by which hand-ins were downloaded. Put "
                          "the downloads there, as for `nbgrader zip_collect`.")
    labels = {student: label_of(newest(files, name), name, system)
              for student, files in by_student(downloads, {})[0].items() if files}
    pages = {student: page for student in course.students(name) if (page := course.feedback(student, name)).is_file()}
    if not pages:
        raise CourseError(f"There are no pages of feedback yet: course feedback {name}")
    named = {student: labels[student] for student in pages if labels.get(student)}
    if not named:
        raise CourseError(f"No file in {downloads} carries a name of {system.capitalize()}'s.")
    path = course.root / "exports" / f"{name}-feedback-{system}.zip"
    path.parent.mkdir(exist_ok=True)
    whole = path.with_suffix(".writing")
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for student, label in sorted(named.items()):
            packed.write(pages[student], f"{label}.html")
    whole.replace(path)
    return path, sorted(named), sorted(pages.keys() - named.keys())
