"""Packs a folder, the same bytes each time: a zip for Windows, a tar.gz for Linux.

Usage: pack.py FOLDER ARCHIVE.zip|ARCHIVE.tar.gz; SOURCE_DATE_EPOCH is the date of every file.
"""

import gzip
import os
import pathlib
import struct
import sys
import tarfile
import time
import zipfile
import zlib

DATE = int(os.environ["SOURCE_DATE_EPOCH"])


class Entry(zipfile.ZipInfo):
    """A file whose name is in GBK, as Windows 7 in China takes it, with the name in Unicode beside it for all others."""

    def _encodeFilenameFlags(self):  # noqa: N802, what zipfile calls
        try:
            return self.filename.encode("gbk"), self.flag_bits
        except UnicodeEncodeError:
            return super()._encodeFilenameFlags()

    def with_unicode_name(self):
        """Info-ZIP's extra field of a name in UTF-8, bound to the other name by its checksum."""
        name, _ = self._encodeFilenameFlags()
        utf8 = self.filename.encode()
        if name != utf8:
            data = struct.pack("<BL", 1, zlib.crc32(name)) + utf8
            self.extra = struct.pack("<HH", 0x7075, len(data)) + data
        return self


def zipped(files, archive):
    with zipfile.ZipFile(archive, "w") as out:
        for name, path in files:
            entry = Entry(name, time.gmtime(DATE)[:6]).with_unicode_name()
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            out.writestr(entry, path.read_bytes(), compresslevel=9)


def tarred(files, archive):
    with open(archive, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=DATE) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as out:
            for name, path in files:
                entry = tarfile.TarInfo(name)
                entry.size, entry.mtime = path.stat().st_size, DATE
                entry.mode = 0o755 if os.access(path, os.X_OK) else 0o644
                with path.open("rb") as file:
                    out.addfile(entry, file)


def main():
    folder, archive = pathlib.Path(sys.argv[1]), sys.argv[2]
    files = sorted((str(path.relative_to(folder.parent)), path) for path in folder.rglob("*") if path.is_file())
    (zipped if archive.endswith(".zip") else tarred)(files, archive)


if __name__ == "__main__":
    main()
