"""Notebooks out of archives from Moodle and Canvas, which nobody needs to trust: for `nbgrader zip_collect`."""

import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from nbgrader.plugins import ExtractorPlugin

from grading.handin.collect import MAX_FILE

MOST_FILES = 20_000  # in one download
DEEPEST = 1  # an archive of the class may hold archives of students


class NotebookExtractor(ExtractorPlugin):  # type: ignore[misc]
    """Takes notebooks out of archives, each up to the size that intake accepts, and leaves everything else there.

    Nothing is written outside the target folder whatever an archive's names say, links are not followed, and a size is
    what comes out, not what a header promises.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Extract all archives, and copy all notebooks, of one folder into another."""
        source, target = Path(archive_path), Path(extracted_path)
        files = [path for path in sorted(source.rglob("*")) if path.is_file() and not path.is_symlink()]
        if not files:
            self.log.warning("No files found in directory: %s", source)
        for path in files:
            if path.suffix == ".zip":
                found = self._notebooks(path.name, path.read_bytes(), PurePosixPath(path.stem), 0)
            elif path.suffix == ".ipynb":
                found = iter([(PurePosixPath(path.relative_to(source).as_posix()), path.read_bytes()[:MAX_FILE + 1])])
            else:
                self.log.warning("Skipped, neither an archive nor a notebook: %s", path)
                continue
            for name, data in found:
                if len(data) > MAX_FILE:
                    self.log.warning("Skipped, larger than %d MiB: %s", MAX_FILE >> 20, name)
                    continue
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                (target / name).write_bytes(data)

    def _notebooks(self, shown: str, data: bytes, inside: PurePosixPath, depth: int
                   ) -> Iterator[tuple[PurePosixPath, bytes]]:
        """Name and bytes (one more than allowed at most) of the notebooks in one archive."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
            entries = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            self.log.warning("Skipped, not a readable archive (%s): %s", error, shown)
            return
        if len(entries) > MOST_FILES:
            self.log.warning("Skipped, more than %d files: %s", MOST_FILES, shown)
            return
        for entry in entries:
            name = PurePosixPath(entry.filename.replace("\\", "/"))
            if entry.is_dir() or name.suffix not in (".ipynb", ".zip") or _hidden(name):
                continue
            if name.is_absolute() or ".." in name.parts or stat.S_ISLNK(entry.external_attr >> 16):
                self.log.warning("Skipped, its name leads elsewhere: %s in %s", entry.filename, shown)
                continue
            try:
                with archive.open(entry) as file:
                    content = file.read(MAX_FILE + 1)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
                self.log.warning("Skipped, damaged (%s): %s in %s", error, entry.filename, shown)
                continue
            if name.suffix == ".ipynb":
                yield inside / name, content
            elif depth < DEEPEST and len(content) <= MAX_FILE:
                yield from self._notebooks(entry.filename, content, inside / name.with_suffix(""), depth + 1)
            else:
                self.log.warning("Skipped, an archive in an archive: %s in %s", entry.filename, shown)


def _hidden(name: PurePosixPath) -> bool:
    """What macOS and Jupyter leave in archives beside a student's files."""
    return any(part.startswith((".", "__MACOSX")) for part in name.parts)
