"""nbgrader's configuration: `nbgrader …` and formgrader in this folder use the course's own grading."""

from grading.classes.nbgrader_commands import configure

c = get_config()  # noqa: F821 (nbgrader provides it)
configure(c)

# Your own settings go below, for example c.CourseDirectory.db_url. Those of this course, with their defaults
# (docs/instructor.md explains them):
# c.NeuralCourse.delegated_work = "zero"
# c.NeuralCourse.personal_numbers = False
# c.NeuralCourse.figures = False
# c.NeuralCourse.carried_forward = "full"     # "none", or a fraction: see docs/instructor.md
# c.NeuralCourse.handout_url = ""            # of the hand-out's wheel, for single notebooks in Colab
# c.NeuralCourse.colab_ai = True              # False: released notebooks turn Colab's generative AI off
# c.NeuralCourse.early_feedback = "points and hints"  # over the exchange, before the due date; "points", "nothing"
# c.NeuralCourse.attempts_per_day = 0         # hand-ins over the exchange that are answered; 0: all
# c.NeuralCourse.title = "Neural networks, one notebook at a time"  # of the hand-out
# c.NeuralCourse.handout_name = "neural-course"  # its folder and its zip
# c.LatePolicy.percent_per_day = 0.0          # of the points, for each day begun after the due date
# c.LatePolicy.most_percent = 100.0
# c.LatePolicy.grace_hours = 0.0
# What one submission may use; "together" sums up all its processes.
# c.NeuralCourse.cell_seconds = 20.0
# c.NeuralCourse.total_seconds = 120.0
# c.NeuralCourse.memory_bytes = 2 << 30       # together
# c.NeuralCourse.processes = 64               # together, threads included
# c.NeuralCourse.scratch_bytes = 64 << 20
# c.NeuralCourse.file_bytes = 32 << 20
# c.NeuralCourse.open_files = 128
# c.NeuralCourse.output_bytes = 64 << 10      # printed by one cell
# c.NeuralCourse.figure_bytes = 4 << 20       # all figures of one cell
# c.NeuralCourse.shipped_bytes = 64 << 20     # everything it sends back
