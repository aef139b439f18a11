"""Keep the present loader of the chat under its digest, beside all earlier ones.

Run it with `make loader` when the loader changed: websites fix its address and its content in their pages.
"""

from __future__ import annotations

from service.web.widget.loader import LOADER, RELEASED


def main() -> None:
    """Write the present loader into the folder; nothing that stands there is changed."""
    RELEASED.mkdir(exist_ok=True)
    path = RELEASED / f"{LOADER.version}.js"
    if not path.exists():
        path.write_bytes(LOADER.content)
    print(f"{path.name} is there, with {len(list(RELEASED.glob('*.js'))) - 1} others")


if __name__ == "__main__":
    main()
