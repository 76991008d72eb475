"""Folders and files made with care: they may be somebody else's, or planted, and we may be root."""

import contextlib
import os
import stat
from pathlib import Path

from factcheck.local_services.accounts import Account
from factcheck.local_services.errors import LocalServiceError


def make_folder(folder: Path) -> None:
    """Make a folder that belongs to the owner of the one it is in, whoever runs this."""
    if folder.is_dir():
        return
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    owner = folder.parent.stat()
    if os.geteuid() == 0 and owner.st_uid != 0:
        os.chown(folder, owner.st_uid, owner.st_gid, follow_symlinks=False)


def open_file(file: Path, flags: int) -> int:
    """Open or make a file that belongs to the owner of its folder; follow no link to another."""
    descriptor = os.open(file, flags | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    owner, found = file.parent.stat(), os.fstat(descriptor)
    if os.geteuid() == 0 and owner.st_uid != found.st_uid == 0 and found.st_nlink == 1:
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return descriptor


def sync(folder: Path) -> None:
    """Have the names in it on disk, before anything is committed under them."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def private_folder(folder: Path, account: Account) -> Path:
    """Make sure of a real folder that this account owns and nobody else can enter."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    if folder.is_symlink():
        raise _not_ours(folder)
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except (NotADirectoryError, PermissionError):
        raise _not_ours(folder) from None
    try:
        _claim(descriptor, folder, account)
    finally:
        os.close(descriptor)
    return folder


def _claim(descriptor: int, folder: Path, account: Account) -> None:
    found = os.fstat(descriptor)
    if found.st_uid not in {account.uid, os.geteuid()}:
        raise _not_ours(folder)
    if found.st_uid != account.uid:
        os.fchown(descriptor, account.uid, account.gid)
    if stat.S_IMODE(found.st_mode) != 0o700:
        os.fchmod(descriptor, 0o700)


def _not_ours(folder: Path) -> LocalServiceError:
    return LocalServiceError(
        f"{folder} is not a folder of ours. Move it away, or ask its owner to; nothing was started."
    )
