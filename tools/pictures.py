"""The pictures of README and docs/, cut from what `make browser-test` saw."""

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent
CUTS = {  # left, top, right, bottom in pixels of build/screenshots
    "feedback": ("feedback-desk-light", (250, 0, 1030, 1420)),
    "report": ("report-desk-light", (250, 0, 1030, 1290)),
    "check": ("lab-check", (290, 90, 1240, 585)),
    "reading": ("reading-picture", (0, 0, 1280, 800)),
    "reading-rubric": ("reading-rubric", (280, 50, 1000, 750)),
    "slider": ("lab-slider", (290, 90, 1240, 760)),
}


def main() -> None:
    """Write docs/images, in a palette that keeps the repository small."""
    for name, (shot, box) in CUTS.items():
        path = ROOT / "build" / "screenshots" / f"{shot}.png"
        if not path.exists():
            raise SystemExit(f"{path} is missing: make browser-test takes it.")
        picture = Image.open(path).convert("RGB").crop(box)
        picture.quantize(256, dither=Image.Dither.NONE).save(ROOT / "docs" / "images" / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
