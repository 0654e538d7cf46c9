"""What is said of submissions that the course itself has stumbled over."""

from collections.abc import Sequence

from grading.course.folder import Course
from grading.judge.verdict import Result


def faults_in_words(course: Course, name: str, results: Sequence[Result]) -> str:
    """Which submissions wait for a person, because the course stumbled over them or cannot hold their names.

    "" where none does.
    """
    passed_over = course.passed_over(name)
    names = [result.student for result in results if result.fault]
    if not names:
        return passed_over
    return (f"{len(names)} of {len(results)} submissions could not be graded, by a fault of the course: "
            f"{', '.join(sorted(names))}. All others are graded. What happened stands in {course.fault_log}; when it "
            f"is mended, run the same command again, or grade these by hand. {passed_over}").strip()
