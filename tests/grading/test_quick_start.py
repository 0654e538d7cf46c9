"""What was left out at the start is there when somebody asks for it, and is the same."""

import subprocess
import sys

import pytest

START = "from grading.quick_start import leave_out_what_nobody_uses\nleave_out_what_nobody_uses()\n"


def said(code: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", START + code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.slow
@pytest.mark.parametrize("code", [
    "from nbconvert import HTMLExporter; from nbconvert.exporters import HTMLExporter as same; assert HTMLExporter is same",
    "import nbconvert; nbconvert.get_exporter('html')",
    "from nbconvert.preprocessors import ExecutePreprocessor, Preprocessor; assert issubclass(ExecutePreprocessor, Preprocessor)",
    "import nbgrader.preprocessors as p; assert all(getattr(p, name) for name in p.__all__)",
    "from nbgrader.preprocessors.savecells import SaveCells as a; import nbgrader.preprocessors as p; p.Execute; assert p.SaveCells is a",
    "from nbgrader.auth import JupyterHubAuthPlugin, Authenticator",
    "import nbformat; nbformat.validate(nbformat.v4.new_notebook()); assert nbformat.NO_CONVERT",
    "from nbformat import NotebookNode; from nbformat.notebooknode import NotebookNode as same; assert NotebookNode is same",
    "import nbgrader.apps; nbgrader.apps.NbGraderApp; nbgrader.__version__",
    "import nbgrader; nbgrader._jupyter_server_extension_points()",
])
def test_what_was_left_out_is_there_when_it_is_asked_for(code: str) -> None:
    assert said(f"{code}\nprint('there')") == ["there"]


@pytest.mark.slow
def test_what_is_nowhere_is_an_ordinary_error() -> None:
    assert said("try:\n    from nbconvert import nothing\nexcept ImportError as e:\n    print('nbconvert' in str(e))\n"
                "import nbformat\nprint(hasattr(nbformat, 'nothing'), hasattr(nbformat, '__nothing__'))") == ["True", "False", "False"]


def test_archives_are_unpacked_by_the_function_that_was_not_imported(tmp_path: object) -> None:
    assert said("import zipfile, nbgrader.utils as u, os, sys\n"
                f"os.chdir({str(tmp_path)!r})\n"
                "zipfile.ZipFile('a.zip', 'w').writestr('b.txt', 'inside')\n"
                "print('setuptools.dist' in sys.modules)\n"
                "u.unzip('a.zip', '.')\nprint(open('b.txt').read(), 'setuptools' in sys.modules)") == ["False", "inside", "True"]


@pytest.mark.slow
def test_a_course_command_imports_neither_exporters_nor_server_extensions_to_load_a_set() -> None:
    assert said("import sys, grading.course.assignment, grading.marks.gradebook\n"
                "print(*[m for m in ('nbconvert.exporters.html', 'nbgrader.server_extensions', 'nbclient', 'jinja2', 'requests',"
                " 'setuptools.dist', 'arrow') if sys.modules.get(m)])") == []
