from helpers.checks.report import Report
CHECKS: dict = {}
