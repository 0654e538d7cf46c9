"""Expected errors. Their text is one sentence for a person: what is wrong, which file, what to do."""


class CourseError(Exception):
    """Something about the course folder or the request."""


class MissingPackageError(CourseError):
    """A problem set needs a package that is not installed here, such as torch."""


class SandboxError(Exception):
    """Student code cannot be run safely, or at all."""
