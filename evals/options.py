"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path

import typer

MODELS = typer.Option(Path("data/models"), "--models", envvar="ANTWOORDDUO_MODEL_CACHE", help="Model cache.")
