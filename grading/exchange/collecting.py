"""`nbgrader collect` where every student may write into the exchange: nothing there ends it or stands for another.

nbgrader names it in c.ExchangeFactory.collect; formgrader's button and the autopilot use it too.
"""

import errno
import os
import pwd
import stat
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect

NOBODY = ""  # whose hand-ins are left where they are


class Collect(ExchangeCollect):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's own, but for what is taken: folders that belong to whom they name, and of these the plain files."""

    src_records: list[dict[str, Any]]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        if not (why := self._not_theirs(Path(path))):
            try:
                return dict(super()._path_to_record(path))
            except (ExchangeError, ValueError, OverflowError):
                why = "its name holds no time"
        self.log.warning("Left in the exchange: %s, %s.", ascii(Path(path).name), why)
        return {"username": NOBODY, "filename": Path(path).name, "timestamp": datetime.min}

    def _not_theirs(self, path: Path) -> str:
        """Why a folder in the exchange is not what it says; "" where nothing speaks against it."""
        claimed = path.name.rsplit("+", 3)[0]
        about = path.lstat()
        if not stat.S_ISDIR(about.st_mode):
            return "which is no folder"
        if not claimed or not claimed.isprintable():
            return "whose name is nobody's"
        if not self.check_owner or about.st_uid in (0, os.getuid()):
            return ""
        try:
            owner = pwd.getpwnam(claimed).pw_uid
        except KeyError:  # a hub on which the system knows no students by name
            return ""
        return "" if owner == about.st_uid else f"which user {about.st_uid} has put there and not {claimed}"

    def copy_files(self) -> None:
        self.src_records = [record for record in self.src_records if record["username"] != NOBODY]
        super().copy_files()

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy the plain files of a hand-in. Links are not followed, even where one is put there meanwhile."""
        shared = self.coursedir.groupshared
        Path(dest).mkdir(mode=0o2775 if shared else 0o755)
        if shared:  # whatever the umask
            Path(dest).chmod(0o2775)
        try:
            folder = os.open(src, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError as error:
            self.log.warning("%s cannot be opened: %s.", src, error.strerror)
            return
        try:
            for name in sorted(entry.name for entry in os.scandir(folder)):
                if why := self._copy(folder, name, Path(dest) / name, 0o664 if shared else 0o644):
                    self.log.warning("Left out of %s: %s, %s.", src, ascii(name), why)
        finally:
            os.close(folder)

    def _copy(self, folder: int, name: str, to: Path, mode: int) -> str:
        """Why a file was not copied; "" where it was."""
        try:
            file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
        except OSError as error:
            return "a link" if error.errno == errno.ELOOP else str(error.strerror).lower()
        about = os.fstat(file)
        if not stat.S_ISREG(about.st_mode):
            os.close(file)
            return "no plain file"
        most = self.coursedir.max_file_size * 1000
        with os.fdopen(file, "rb") as source:
            content = source.read(most + 1)
        if len(content) > most:
            return f"more than {most // 10**6} MB"
        to.write_bytes(content)
        to.chmod(mode)
        os.utime(to, ns=(about.st_atime_ns, about.st_mtime_ns))
        return ""
