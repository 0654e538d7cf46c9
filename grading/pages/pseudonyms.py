"""Names that pages for teachers show in place of students' own."""

from hashlib import blake2b

from grading.course.folder import Course
from grading.course.secret import read_secret


def pseudonym(course: Course, student: str) -> str:
    """The same for a student on every page of a course, and of no use without the course's secret."""
    secret = read_secret(course.secret_file, course.is_shared)
    digest = blake2b(student.encode(errors="surrogateescape"), key=secret, digest_size=4)
    return f"student-{digest.hexdigest()}"
