"""Front Door: forms ask, rules decide, themes show; all three are documents."""

from pathlib import Path

__version__ = "0.1.0"


def packs_dir() -> Path:
    """Return the folder that holds `forms/`, `rules/` and `themes/`.

    The copy packaged in a wheel when there is one, else the root of the checkout.
    """
    packaged = Path(__file__).parent / "packs"
    return packaged if packaged.is_dir() else Path(__file__).parents[2]
