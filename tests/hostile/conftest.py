"""The class is shared by all tests here."""

from tests.hostile.conducted import class_report, ordinary_report, reports

__all__ = ["class_report", "ordinary_report", "reports"]
