"""Makes table64.zip: one table, packed as an archive of more than 4 GB would be (zip64).

Python's zipfile writes zip64 only where sizes ask for it, so that the records are written by hand here:
all sizes and places stand in the fields of 8 bytes, those of 4 hold 0xFFFFFFFF. unzip -t reads it.
"""
import struct
import zlib
from pathlib import Path

text = b"a,y\n1,2\n3,4\n"
name = b"table.csv"
packer = zlib.compressobj(9, zlib.DEFLATED, -15)
packed = packer.compress(text) + packer.flush()
full = 0xFFFFFFFF
extra = struct.pack("<HHQQ", 1, 16, len(text), len(packed))
local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 45, 0, 8, 0, 0x21, zlib.crc32(text), full, full,
                    len(name), len(extra)) + name + extra + packed
extra = struct.pack("<HHQQQ", 1, 24, len(text), len(packed), 0)
entry = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45, 0, 8, 0, 0x21, zlib.crc32(text), full,
                    full, len(name), len(extra), 0, 0, 0, 0, full) + name + extra
record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 1, 1, len(entry), len(local))
locator = struct.pack("<IIQI", 0x07064B50, 0, len(local) + len(entry), 1)
end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, full, full, 0)
Path(__file__).with_name("table64.zip").write_bytes(local + entry + record + locator + end)
