"""Pictures of the pages for the docs: `python -m tests.pages.pictures`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.pages import states
from tests.pages.chromium import chromium
from tests.pages.duo_office import running_week
from tests.pages.server import running

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images"
SHARP = 2  # pixels of the picture for one of the page


def take_pictures(folder: Path) -> None:
    """Take the pictures anew, from the fake texts: they change with the page only."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, running(Path(data)) as site, chromium() as browser:
        for name, width, height in (("sidebar-answer", 420, 900), ("sidebar-wide", 1280, 760)):
            page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=SHARP)
            page.goto(f"{site.root}/zijbalk")
            if width > 1000:
                states.sign_in(page)
            states.answered(page)
            page.evaluate("document.activeElement.blur()")
            page.screenshot(path=folder / f"{name}.png")
            page.close()


def take_duo_pictures(folder: Path) -> None:
    """Take those of the duos' pages anew, from the small municipality of their tests."""
    with tempfile.TemporaryDirectory() as data, running_week(Path(data)) as week, chromium() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, device_scale_factor=SHARP)
        week.sign_in(context, "anna")
        page = context.new_page()
        for name, path in (
            ("duo-list", "/duo"),
            ("duo-signal", f"/duo/signalen/{week.signal.number}"),
            ("duo-text", f"/duo/teksten/{week.writing.id}?bekijk=1"),
        ):
            page.goto(week.root + path)
            page.screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    take_pictures(FOLDER)
    take_duo_pictures(FOLDER)
