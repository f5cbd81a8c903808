"""HTML → PNG, with Debian's Chromium. It sees no network and runs no script.

A picture says in its file which document it shows, so that one of today's document is not made again, whatever another
version of Chromium would make of it.
"""

import hashlib
import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "Pictures need Chromium, which is not installed: apt-get install chromium fonts-noto-core"
SCALE = 2  # pixels of a picture for each of CSS, so that it is sharp on screens of today
_TALLEST = 4_000  # in CSS pixels, four times what the longest message of Discord takes
_WIDEST = 800
_COLOURS = 128  # of a palette: text has few, and the file a third of the size
_SECONDS = 120
_SHOWS = "Shows"  # the SHA-256 of the document


class NoChromiumError(Exception):
    """There is no Chromium, or it made no picture; the sentence says what to do."""


def find() -> Path:
    """The browser on the path. Raises ``NoChromiumError``."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    raise NoChromiumError(MISSING)


def shows(file: Path, html: str) -> bool:
    """Whether a file is there and is a picture of this document."""
    if not file.exists():
        return False
    with Image.open(file) as image:
        return image.info.get(_SHOWS) == _digest(html)


def picture(browser: Path, html: str, width: int) -> bytes:
    """The PNG of a document ``width`` CSS pixels wide, as tall as what it shows. Raises ``NoChromiumError``."""
    with TemporaryDirectory(prefix="pictures-") as folder:
        page, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        page.write_text(html, "utf-8")
        problem = _shoot(browser, page, shot)
        if not shot.exists():
            raise NoChromiumError(f"{browser} made no picture: {problem}")
        with Image.open(shot) as image:
            return _small(_trimmed(image.convert("RGB"), width * SCALE), html)


def _shoot(browser: Path, page: Path, shot: Path) -> str:
    """Have the browser draw a page into a file; what it says of it."""
    command: list[str | Path] = [
        browser,
        "--headless=new",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),  # Chromium refuses to be root in a sandbox
        f"--user-data-dir={page.parent}/profile",
        "--disable-gpu",
        "--disable-lcd-text",
        "--font-render-hinting=none",
        "--force-color-profile=srgb",
        "--hide-scrollbars",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--force-device-scale-factor={SCALE}",
        f"--window-size={_WIDEST},{_TALLEST}",
        f"--screenshot={shot}",
        page.as_uri(),
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return f"it has not ended after {_SECONDS} s"
    return done.stderr.strip()[-500:]


def _trimmed(image: Image.Image, width: int) -> Image.Image:
    """The picture without the empty ground right of and below what is shown."""
    ground = Image.new("RGB", image.size, image.getpixel((0, 0)))
    box = ImageChops.difference(image, ground).getbbox()
    margin = 12 * SCALE
    return image.crop((0, 0, width, min(image.height, (box[3] if box else 0) + margin)))


def _small(image: Image.Image, html: str) -> bytes:
    said = PngInfo()
    said.add_text(_SHOWS, _digest(html))
    file = BytesIO()
    # Of Pillow's methods the one that keeps the colours of whole areas as they are.
    palette = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette.save(file, "PNG", optimize=True, pnginfo=said)
    return file.getvalue()


def _digest(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()
