
CHECKS: dict = {}
