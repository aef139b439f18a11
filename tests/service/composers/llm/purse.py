"""A purse for tests: pays for everything, and remembers for whom."""

from __future__ import annotations

from service.composers.llm.calling import Reservation


class Purse:
    """Has enough for everybody."""

    def __init__(self) -> None:
        self.sites: list[str] = []

    def reserve(self, site: str, tokens: int) -> Reservation:
        self.sites.append(site)
        return self

    def settle(self, used: int) -> None:
        """Nothing was set apart."""
