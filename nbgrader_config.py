"""nbgrader's configuration: `nbgrader …` and formgrader in this folder use the course's own grading."""

from grading.steps import configure

c = get_config()  # noqa: F821 (nbgrader provides it)
configure(c)

# Your own settings go below, for example c.AssignLatePenalties.plugin_class or c.CourseDirectory.db_url.
