"""What a problem set is graded with, as one short text: told without loading any of it."""

from hashlib import sha256

from grading.course.folder import Course
from grading.errors import CourseError
from grading.probes import places


def fingerprint(course: Course, name: str) -> str:
    """Changes when the source notebook, any of the course's hidden tests, or a setting that grades changes.

    Raises CourseError for a problem set that there is not, or that has no hidden tests.
    """
    settings = repr(course.settings.that_grade).encode()
    try:
        files = [course.source(name), *places.files(name, course.root)]
    except LookupError as error:
        raise CourseError(f"{course.source(name)}: {error}") from None
    return sha256(b"".join([settings, *(file.read_bytes() for file in files)])).hexdigest()
