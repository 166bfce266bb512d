"""Is there a browser to render with, and how does this system get one? Rendering itself is rendering/'s."""

import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_DEBIAN_LIKE = frozenset({"debian", "raspbian", "devuan"})


@dataclass(frozen=True, slots=True)
class Means:
    """What a rendering needs: Playwright's Python package, and a Chromium; `browser` is its path."""

    has_playwright: bool
    browser: str | None

    @property
    def is_enough(self) -> bool:
        """Whether a page can be rendered here."""
        return self.has_playwright and self.browser is not None


def found(named: str = "") -> Means:
    """What is here. `named` is the browser that somebody asked for, by path or name; else the usual names are tried."""
    candidates = (named,) if named else _NAMES
    paths = (shutil.which(name) for name in candidates)
    browser = next((path for path in paths if path), None)
    return Means(importlib.util.find_spec("playwright") is not None, browser or (None if named else _playwrights_own()))


def commands(means: Means, *, system: str) -> list[str]:
    """What to type to get what is missing, in order. `system` is the ID of /etc/os-release."""
    typed = []
    if not means.has_playwright:
        typed.append("pip install --require-hashes -r requirements-browser.lock")
    if means.browser is None and system in _DEBIAN_LIKE:
        typed.append("apt-get install chromium fonts-liberation fonts-noto-cjk")
    elif means.browser is None:
        # elsewhere the distribution's Chromium is often a snap, which cannot be driven
        typed.append("python -m playwright install --with-deps chromium")
    return typed


def system_id(release: Path = Path("/etc/os-release")) -> str:
    """Which system this is, by its own word; empty when it does not say."""
    try:
        lines = release.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line[3:].strip("\"'") for line in lines if line.startswith("ID=")), "")


def _playwrights_own() -> str | None:
    """The newest Chromium that `playwright install` put into its cache."""
    kept = Path.home() / ".cache" / "ms-playwright"
    found = sorted(kept.glob("chromium-*/chrome-linux*/chrome"), key=lambda path: path.parts[-3])
    return str(found[-1]) if found else None
