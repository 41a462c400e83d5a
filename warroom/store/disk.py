"""The few ways in which the store touches the disk, together so that the fault tests can break each one."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_NETWORK = {
    "9p", "afs", "ceph", "cifs", "davfs", "gfs2", "glusterfs", "lustre", "nfs", "nfs4", "ocfs2", "smb3",
    "smbfs", "fuse.ceph", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs",
    "fuse.sshfs",
}  # fmt: skip


class Disk:
    """Calls of the operating system that change something, each one a place where a fault may strike."""

    def open(self, path: str | Path, flags: int) -> int:
        """Open a file that is nobody else's to read."""
        return os.open(path, flags | os.O_CLOEXEC, PRIVATE_FILE)

    def write(self, handle: int, data: bytes, offset: int) -> int:
        """Write at an offset; may come back short."""
        return os.pwrite(handle, data, offset)

    def cut(self, handle: int, size: int) -> None:
        """Shorten a file."""
        os.ftruncate(handle, size)

    def sync(self, handle: int) -> None:
        """Return when what was written is on the disk itself."""
        _sync(handle)

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another, at once."""
        os.replace(source, target)  # noqa: PTH105 - every call of this class is one of the os module

    def link(self, source: Path, target: Path) -> None:
        """Give a file a name that must not be taken."""
        os.link(source, target)

    def remove(self, path: Path) -> None:
        """Take a file away, if it is there."""
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in a folder are on the disk itself."""
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sync(handle: int) -> None:
    if _FULL_SYNC is not None:  # macOS: fsync stops at the drive's cache
        import fcntl

        fcntl.fcntl(handle, _FULL_SYNC)
    else:
        os.fdatasync(handle)


def _full_sync() -> int | None:
    if hasattr(os, "fdatasync"):
        return None
    import fcntl

    return int(getattr(fcntl, "F_FULLFSYNC"))  # noqa: B009 - not on this platform


_FULL_SYNC = _full_sync()
DISK = Disk()


def write_all(disk: Disk, handle: int, data: bytes, offset: int) -> None:
    """Write everything: a short write goes on where it stopped, and then hears why it was short."""
    done = disk.write(handle, data, offset)
    while done < len(data):
        step = disk.write(handle, data[done:], offset + done)
        if step == 0:
            raise OSError(28, os.strerror(28))
        done += step


def write_fresh(path: Path, blocks: Iterable[bytes], disk: Disk = DISK, *, exclusive: bool = False) -> None:
    """Write a whole file so that it appears complete or not at all; `exclusive`: only if there is none.

    Under a lock: there is one temporary name, so that a crash leaves one file at most, until the next time.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    disk.remove(temporary)
    handle = disk.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        try:
            write_all(disk, handle, b"".join(blocks), 0)
            disk.sync(handle)
        finally:
            os.close(handle)
        if exclusive:
            disk.link(temporary, path)
        else:
            disk.replace(temporary, path)
        disk.sync_folder(path.parent)
    finally:
        with suppress(OSError):
            disk.remove(temporary)


def read(handle: int, start: int, size: int) -> bytes:
    """So many bytes of a file, or fewer where it ends before."""
    block = os.pread(handle, size, start)
    if len(block) in (0, size):
        return block
    blocks = [block]
    while block and (size := size - len(block)):
        start += len(block)
        block = os.pread(handle, size, start)
        blocks.append(block)
    return b"".join(blocks)


def make_private(folder: Path) -> None:
    """Make a folder that nobody else may look into; one that exists keeps its permissions."""
    if not folder.is_dir():
        folder.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)


def is_network_filesystem(path: Path) -> bool:
    """Whether a path lies on another machine's disk, where locks and syncs promise less."""
    place = os.path.realpath(path)
    best, kind = "", ""
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False  # no Linux: we cannot tell
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        mount = left.split(" ")[4].replace("\\040", " ")
        inside = place == mount or place.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):  # of two on the same place, the later one lies on top
            best, kind = mount, right.split(" ")[0]
    return kind in _NETWORK
