"""Where the notebook that is running can be seen: a file beside the kernel, the page in Colab, or nowhere."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Place:
    """`own` is the running notebook's file where JupyterLab or VS Code tell it; else it is looked for in `folder`.

    `live` is the notebook as Colab shows it, `hidden` that its file is on another machine, as in Colab and Kaggle.
    """

    folder: Path = Path()
    own: Path | None = None
    live: Mapping[str, Any] | None = None
    hidden: bool = False

    def file(self, name: str) -> Path | None:
        """The file to look at: the running notebook's, or else NAME.ipynb; None where there is no such file."""
        path = self.own or self.folder / f"{name}.ipynb"
        return path if not self.hidden and path.is_file() else None

    def others(self) -> list[str]:
        """Notebooks in the folder, which may be the one that is running under another name."""
        return [] if self.hidden else sorted(path.name for path in self.folder.glob("*.ipynb"))


def here() -> Place:
    """The place of this kernel's notebook."""
    colab = "google.colab" in sys.modules
    return Place(own=_own(), live=_from_colab() if colab else None,
                 hidden=colab or "KAGGLE_KERNEL_RUN_TYPE" in os.environ)


def _own() -> Path | None:
    from IPython.core.getipython import get_ipython
    variables: Mapping[str, Any] = getattr(get_ipython(), "user_ns", {})
    for told in (variables.get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME")):
        if isinstance(told, str) and told.endswith(".ipynb") and Path(told).is_file():
            return Path(told)
    return None


def _from_colab() -> Mapping[str, Any] | None:
    try:
        from google.colab import _message
        notebook = _message.blocking_request("get_ipynb", timeout_sec=5)["ipynb"]
        return notebook if isinstance(notebook.get("cells"), list) else None
    except Exception:  # an undocumented way: whatever it raises, the notebook cannot be seen
        return None
