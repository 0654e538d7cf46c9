"""What lets a command start sooner: libraries go without the parts of theirs that grading does not use."""

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

# Packages that import all they have, most of it servers, exporters and kernels; and what is asked of them here, with
# the module that has it.
LARGE = {
    "nbformat": {"NotebookNode": "notebooknode", "from_dict": "notebooknode"},
    "nbgrader": {"__version__": "_version"},
    "nbgrader.auth": {"Authenticator": "base"},
    "nbgrader.preprocessors": {"NbGraderPreprocessor": "base"},
    "nbconvert": {},
    "nbconvert.preprocessors": {"Preprocessor": "base", "ClearOutputPreprocessor": "clearoutput"},
    "nbconvert.exporters": {"ResourcesDict": "exporter"},
}
# What nbgrader.utils imports for the two functions that unpack archives.
FUNCTIONS = "setuptools.archive_util"
# Texts of kinds that notebooks do not have; jsonschema goes without their checks where these are not there.
UNUSED_CHECKS = ("rfc3987_syntax", "rfc3986_validator", "isoduration")


class OnDemand(ModuleType):
    """A package that runs its own `__init__` only when something is asked of it that no module of its has."""

    def __getattr__(self, name: str) -> Any:
        if name in LARGE[self.__name__]:
            return getattr(import_module(f"{self.__name__}.{LARGE[self.__name__][name]}"), name)
        if name.startswith("__") and name != "__all__":
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        if find_spec(f"{self.__name__}.{name}"):
            return import_module(f"{self.__name__}.{name}")
        assert self.__spec__ and self.__spec__.loader
        self.__class__ = ModuleType  # type: ignore[assignment]  # first: what it imports may ask it, too
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


class OnCall(ModuleType):
    """A module of functions, which is imported when one of them is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

        def call(*arguments: Any, **keywords: Any) -> Any:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
            return getattr(import_module(self.__name__), name)(*arguments, **keywords)
        return call


def leave_out_what_nobody_uses() -> None:
    """To be called before nbgrader, nbconvert or nbformat is imported; afterwards it changes nothing."""
    for name in UNUSED_CHECKS:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    sys.modules.setdefault(FUNCTIONS, OnCall(FUNCTIONS))
    for name in LARGE:
        if name not in sys.modules and (spec := find_spec(name)):
            package = sys.modules[name] = module_from_spec(spec)
            package.__class__ = OnDemand
            parent, _, child = name.rpartition(".")
            if parent:
                setattr(sys.modules[parent], child, package)
