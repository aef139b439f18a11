"""In the sidebar too, what is written from right to left stands so: the quote, the texts and their titles."""

from __future__ import annotations

from pathlib import Path

from tests.pages.chat_site import ARABIC, VisitorAnswering
from tests.service.web.conftest import running_site, settings_in

PAGE = {"Accept": "text/html"}


def test_each_text_takes_its_own_direction(tmp_path: Path) -> None:
    for site in running_site(settings_in(tmp_path), VisitorAnswering()):
        page = site.client.post("/zijbalk/vragen", data={"vraag": ARABIC}, headers=PAGE).text
        assert '<blockquote data-ai-generated="false" dir="auto">' in page
        assert f"<bdi>{ARABIC}</bdi></h3>" in page
        assert '<div class="brief" dir="auto">' in page
        assert '<textarea id="vraag" name="vraag"' in page
        assert page.count('dir="auto"') >= 3
