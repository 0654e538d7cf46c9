"""In Gradescope's container: python -m grading.gradescope /autograder."""

import sys
from pathlib import Path

from grading.quick_start import leave_out_what_nobody_uses

if __name__ == "__main__":
    leave_out_what_nobody_uses()
    from grading.gradescope.container import main
    sys.exit(main(Path(sys.argv[1])))
