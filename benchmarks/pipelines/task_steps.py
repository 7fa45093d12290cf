"""The pipeline for pytask."""

import sys
from pathlib import Path
from typing import Annotated

from pytask import Product, task

# pytask does not look in the folder of the file
sys.path.insert(0, str(Path(__file__).parent))
from steps import STEPS, take

for name, (read, made) in STEPS.items():

    @task(id=name)
    def task_step(
        step: str = name,
        read: list[Path] = [Path(path) for path in read],  # noqa: B006 (pytask reads it from there)
        made: Annotated[Path, Product] = Path(made),
    ) -> None:
        """Take a step."""
        take(step)
