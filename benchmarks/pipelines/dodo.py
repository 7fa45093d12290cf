"""The pipeline for doit."""

from steps import STEPS


def task_step():
    """One task a step."""
    for name, (read, made) in STEPS.items():
        yield {
            "name": name,
            "actions": [["python", "steps.py", name]],
            "file_dep": read,
            "targets": [made],
        }
