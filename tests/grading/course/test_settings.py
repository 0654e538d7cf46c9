"""What stands in c.NeuralCourse is taken, or its mistake is named."""

import pytest

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.errors import CourseError
from tests import toy


@pytest.mark.parametrize(("line", "message"), [
    ("c.NeuralCourse.delegated = 1", "nbgrader_config.py: there is no setting c.NeuralCourse.delegated. Known: "
                                     "delegated_work, personal_numbers, figures, carried_forward, handout_url, colab_ai, early_feedback, attempts_per_day, title, handout_name, cell_seconds, total_seconds, memory_bytes, "
                                     "scratch_bytes, file_bytes, open_files, processes, output_bytes, figure_bytes, "
                                     "shipped_bytes."),
    ('c.NeuralCourse.cell_seconds = "20"', "nbgrader_config.py: c.NeuralCourse.cell_seconds must be a float, not '20'."),
    ("c.NeuralCourse.processes = 0", "nbgrader_config.py: c.NeuralCourse.processes must be more than 0, not 0."),
    ('c.NeuralCourse.delegated_work = "half"', "nbgrader_config.py: c.NeuralCourse.delegated_work must be 'zero' or 'warn', "
                                               "not 'half'."),
    ('c.NeuralCourse.carried_forward = "half"', "nbgrader_config.py: c.NeuralCourse.carried_forward must be 'full', 'none' or a "
                                                "number from 0 to 1, not 'half'."),
    ('c.NeuralCourse.carried_forward = 1.5', "nbgrader_config.py: c.NeuralCourse.carried_forward must be 'full', 'none' or a "
                                             "number from 0 to 1, not 1.5."),
    ('c.NeuralCourse.personal_numbers = "yes"', "nbgrader_config.py: c.NeuralCourse.personal_numbers must be a bool, not 'yes'."),
])
def test_a_setting_that_does_not_exist_is_named(course: Course, line: str, message: str) -> None:
    with pytest.raises(CourseError) as error:
        changed = toy.configured(course, line)
        load_assignment(changed, toy.NAME)
        assert changed.limits
    assert str(error.value) == message


def test_limits_are_settings_of_the_course(course: Course) -> None:
    course = toy.configured(course, "c.NeuralCourse.cell_seconds = 5\nc.NeuralCourse.memory_bytes = 1 << 30")
    assert (course.limits.cell_seconds, course.limits.memory_bytes, course.limits.processes) == (5, 1 << 30, 64)
