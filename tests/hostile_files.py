"""Files that want to harm, built when they are needed, and the good ones they are made of. No hostile file is kept."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT = "application/vnd.openxmlformats-officedocument"
MEGABYTE = 1024 * 1024
ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'

Build = Callable[[], bytes]


def noise(seed: int, count: int) -> bytes:
    """Bytes that do not compress, the same in every run."""
    return random.Random(seed).randbytes(count)  # noqa: S311  repeatable on purpose


# ---- archives ---------------------------------------------------------------------------------------------------


def archive(parts: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these parts, in this order, twice the same name if wanted."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method, compresslevel=1) as target:
        for name, content in parts:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            target.filelist and target.NameToInfo.pop(name, None)  # lets a name come twice without a warning
            target.writestr(info, content)
    return made.getvalue()


def workbook_parts(sheet: bytes) -> dict[str, bytes]:
    """The least that readers take for an XLSX, around this sheet."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.spreadsheetml.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{CONTENT}.spreadsheetml.worksheet+xml"/></Types>'.encode(),
        "_rels/.rels": relations(f"{OFFICE}/officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": relations(f"{OFFICE}/worksheet", "worksheets/sheet1.xml"),
        SHEET: sheet,
    }


def document_parts(document: bytes) -> dict[str, bytes]:
    """The least that readers take for a DOCX, around this text."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{CONTENT}.wordprocessingml.document.main+xml"/>'
        "</Types>".encode(),
        "_rels/.rels": relations(f"{OFFICE}/officeDocument", "word/document.xml"),
        "word/document.xml": document,
    }


def relations(kind: str, target: str, *, outside: bool = False) -> bytes:
    mode = ' TargetMode="External"' if outside else ""
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    ).encode()


def sheet(rows: str | bytes = ONE_CELL, after: str = "") -> bytes:
    inside = rows.encode() if isinstance(rows, str) else rows
    return f'<worksheet xmlns="{MAIN}"><sheetData>'.encode() + inside + f"</sheetData>{after}</worksheet>".encode()


def workbook(content: bytes | None = None, more: Mapping[str, bytes] | None = None) -> bytes:
    return archive((workbook_parts(content or sheet()) | dict(more or {})).items())


def document(body: str = "<w:p><w:r><w:t>x</w:t></w:r></w:p>", more: Mapping[str, bytes] | None = None) -> bytes:
    text = f'<w:document xmlns:w="{WORDS}"><w:body>{body}</w:body></w:document>'.encode()
    return archive((document_parts(text) | dict(more or {})).items())


def patched(made: bytes, name: str, *, local: int | None = None, field: int, form: str, value: int) -> bytes:
    """The archive with a field of this part's entry in the directory changed, and of its own header at `local`."""
    changed = bytearray(made)
    place = _entry(made, name)
    struct.pack_into(form, changed, place + field, value)
    if local is not None:
        (offset,) = struct.unpack_from("<I", made, place + 42)
        struct.pack_into(form, changed, offset + local, value)
    return bytes(changed)


def _entry(made: bytes, name: str) -> int:
    """Where the directory holds the entry of this name."""
    place = made.rfind(name.encode()) - 46
    assert made[place : place + 4] == b"PK\x01\x02"
    return place


def _with_shared_bytes() -> bytes:
    """The last part's bytes are a whole part of their own, which the directory names as well."""
    inner = archive([("xl/b.xml", b"<b/>" * 100)], zipfile.ZIP_STORED)
    part = inner[: inner.index(b"PK\x01\x02")]
    made = archive([*workbook_parts(sheet()).items(), ("xl/a.bin", part)], zipfile.ZIP_STORED)
    end = made.rindex(b"PK\x05\x06")
    entry = bytearray(inner[inner.index(b"PK\x01\x02") : inner.rindex(b"PK\x05\x06")])
    struct.pack_into("<I", entry, 42, made.index(part))
    tail = bytearray(made[end:])
    (count, size) = struct.unpack_from("<H", tail, 10)[0] + 1, struct.unpack_from("<I", tail, 12)[0] + len(entry)
    struct.pack_into("<HHI", tail, 8, count, count, size)
    return made[:end] + bytes(entry) + bytes(tail)


def _with_a_link() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name, content in workbook_parts(sheet()).items():
            target.writestr(name, content)
        link = zipfile.ZipInfo("xl/media/link")
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        target.writestr(link, "/etc/passwd")
    return made.getvalue()


def _many_parts() -> bytes:
    parts = [*workbook_parts(sheet()).items(), *((f"xl/media/{number}", b"") for number in range(20_000))]
    return archive(parts, zipfile.ZIP_STORED)


def _three_large() -> list[tuple[str, bytes]]:
    large = (noise(5, MEGABYTE // 2) + bytes(MEGABYTE * 17)) * 4
    return [(f"xl/media/{number}", large) for number in range(3)]


# ---- sheets -----------------------------------------------------------------------------------------------------


def _cell_at(place: str) -> bytes:
    row = "".join(filter(str.isdigit, place))
    return sheet(f'{ONE_CELL}<row r="{row}"><c r="{place}"><v>1</v></c></row>')


def _cut_between_pieces(mark: bytes) -> bytes:
    """A workbook whose sheet holds the mark across the end of its first megabyte."""
    start = sheet("").split(b"</sheetData>")[0] + ONE_CELL.encode()
    wanted = MEGABYTE - len(start) - len(mark) // 2
    count, blanks = divmod(wanted, 1007)
    filler = b"".join(b"<a>" + noise(n, 500).hex().encode() + b"</a>" for n in range(count)) + b" " * blanks
    return workbook(start + filler + mark + b"</sheetData></worksheet>")


def real_rows(count: int) -> bytes:
    """A sheet with so many rows of one cell."""
    return workbook(sheet("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, count + 1))))


def _typed(declaration: str, code: str = "utf-8") -> bytes:
    head = f'<?xml version="1.0" encoding="{code}"?>' if code != "utf-8" else '<?xml version="1.0"?>'
    return (head + declaration + sheet().decode()).encode(code)


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip
OUTSIDE_ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


# ---- old Office files ---------------------------------------------------------------------------------------------


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file of 512-byte sectors with these streams, each filled up so that it needs no second table."""
    body, entries, table = b"", [_entry_of("Root Entry", 5, 0xFFFFFFFE, 0, child=1)], []
    following = 0
    for number, (name, content) in enumerate(streams.items(), 1):
        filled = content.ljust(4096, b"\0")
        filled += bytes(-len(filled) % 512)
        count = len(filled) // 512
        more = number + 1 if number < len(streams) else 0xFFFFFFFF
        entries.append(_entry_of(name, 2, following, len(filled), right=more))
        table += [*range(following + 1, following + count), 0xFFFFFFFE]
        following += count
        body += filled
    directory = b"".join(entries)
    directory += bytes(-len(directory) % 512)
    directory_at = following
    table += [*range(following + 1, following + len(directory) // 512), 0xFFFFFFFE]
    following += len(directory) // 512
    tables = -(-(following + 1) // 127)
    table += [0xFFFFFFFD] * tables
    raw = struct.pack(f"<{len(table)}I", *table).ljust(tables * 512, b"\xff")
    places = [*range(following, following + tables)]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIIII", tables, directory_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)[:32]
    header += struct.pack("<109I", *places, *[0xFFFFFFFF] * (109 - tables))
    return header + body + directory + raw


def _entry_of(
    name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(wide), kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def old_workbook(*cells: tuple[int, int], password: bool = False) -> bytes:
    """An XLS with numbers in these cells (row and column from 0)."""
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    locked = record(0x2F, struct.pack("<HHH", 0, 1, 2)) if password else b""
    name = b"s"
    end = record(0x0A)
    sheet_at = len(begin + locked) + 4 + 8 + len(name) + len(end)
    globals_ = begin + locked + record(0x85, struct.pack("<IBBBB", sheet_at, 0, 0, len(name), 0) + name) + end
    numbers = b"".join(record(0x203, struct.pack("<HHHd", row, column, 0, 1.0)) for row, column in cells)
    return compound(
        {"Workbook": globals_ + record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0)) + numbers + end}
    )


# ---- PDF ----------------------------------------------------------------------------------------------------------


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects; the first is the catalogue."""
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return (
        made
        + b"xref\n0 %d\n0000000000 65535 f \n" % count
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(made))
    )


def page_of(stream: bytes, entries: bytes = b"") -> bytes:
    """A PDF of one page with this content stream."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
        b"<< /Length %d %s >>\nstream\n" % (len(stream), entries) + stream + b"\nendstream",
    )


def _swelling_pdf() -> bytes:
    packed = zlib.compress(zlib.compress(bytes(400 * MEGABYTE), 1), 9)
    return page_of(packed, b"/Filter [/FlateDecode /FlateDecode]")


def _endless_tree() -> bytes:
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>",
        b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 1000000000 >>",
    )


def _wide_predictor() -> bytes:
    parameters = b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 255 >>"
    return page_of(zlib.compress(b"\2" * 1000), parameters)


# ---- the corpus ----------------------------------------------------------------------------------------------------

READ = "read"
"""What may happen to a file instead of a refusal."""

HOSTILE: dict[str, tuple[Build, str]] = {
    # archives
    "a part of 151 MB": (lambda: workbook(more={"xl/media/z": bytes(151 * MEGABYTE)}), "unfolds"),
    "a part of 60 MB in 60 KB": (lambda: workbook(sheet(b" " * 60 * MEGABYTE)), "dangerous"),
    "three parts of 70 MB": (lambda: archive([*workbook_parts(sheet()).items(), *_three_large()]), "unfolds"),
    "more than declared": (lambda: patched(workbook(), SHEET, field=24, form="<I", value=10), "damaged"),
    "less than declared": (lambda: patched(workbook(), SHEET, field=24, form="<I", value=900_000), "damaged"),
    "another checksum": (lambda: patched(workbook(), SHEET, field=16, form="<I", value=1), "damaged"),
    "two parts share bytes": (_with_shared_bytes, "dangerous"),
    "the same name twice": (lambda: archive([*workbook_parts(sheet()).items(), (SHEET, sheet())]), "dangerous"),
    "20,000 parts": (_many_parts, "too_many_parts"),
    "an offset beyond the file": (
        lambda: patched(workbook(), SHEET, field=42, form="<I", value=0xFFFFFFF0), "damaged"),
    "an offset into another part": (lambda: patched(workbook(), SHEET, field=42, form="<I", value=3), "damaged"),
    "a part in another name": (lambda: workbook().replace(b"sheet1", b"sheet2", 1), READ),
    "an unknown method": (lambda: patched(workbook(), SHEET, local=8, field=10, form="<H", value=14), "dangerous"),
    "an encrypted part": (lambda: patched(workbook(), SHEET, local=6, field=8, form="<H", value=1), "password"),
    "a way up": (lambda: workbook(more={"xl/../../../tmp/x": b"x"}), "dangerous"),
    "a way up with backslashes": (lambda: workbook(more={"xl\\..\\..\\x": b"x"}), "dangerous"),
    "an absolute path": (lambda: workbook(more={"/etc/x": b"x"}), "dangerous"),
    "a drive": (lambda: workbook(more={"C:/x": b"x"}), "dangerous"),
    "a link": (_with_a_link, "dangerous"),
    "cut in two": (lambda: workbook()[:600], "damaged"),
    "the directory cut off": (lambda: workbook()[:-30], "damaged"),
    "two directories": (lambda: workbook() + workbook()[-22:], "damaged"),
    "something before it": (lambda: b"PK\x03\x04" + bytes(100) + workbook(), "damaged"),
    # Office
    "a macro": (lambda: workbook(more={"xl/vbaProject.bin": b"x"}), "macro"),
    "an embedded file": (lambda: workbook(more={"xl/embeddings/oleObject1.bin": b"x"}), "embedded"),
    "a link to another workbook": (lambda: workbook(more={"xl/externalLinks/externalLink1.xml": b"<x/>"}), "linked"),
    "a template from the network": (
        lambda: document(more={"word/_rels/settings.xml.rels": relations(
            f"{OFFICE}/attachedTemplate", "http://example.invalid/t.dotm", outside=True)}), "linked"),
    # XML
    "a billion laughs": (lambda: workbook(_typed(LAUGHS)), "dangerous"),
    "an entity from a file": (lambda: workbook(_typed(OUTSIDE_ENTITY)), "dangerous"),
    "an entity in UTF-16, little": (lambda: workbook(b"\xff\xfe" + _typed(OUTSIDE_ENTITY, "utf-16-le")), "dangerous"),
    "an entity in UTF-16, big": (lambda: workbook(b"\xfe\xff" + _typed(OUTSIDE_ENTITY, "utf-16-be")), "dangerous"),
    "an entity in UTF-16 without a mark": (lambda: workbook(_typed(OUTSIDE_ENTITY, "utf-16-le")), "dangerous"),
    "an entity in UTF-7": (
        lambda: workbook(b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x>' + sheet()), "dangerous"),
    "an entity in UTF-32": (lambda: workbook(_typed(OUTSIDE_ENTITY, "utf-32-le")), "dangerous"),
    "an entity in a text": (
        lambda: document(more={"word/footnotes.xml": OUTSIDE_ENTITY.encode() + b"<x/>"}), "dangerous"),
    "a document type cut in two": (lambda: _cut_between_pieces(b"<!DOCTYPE x>"), "dangerous"),
    "100,000 levels": (lambda: workbook(sheet("<a>" * 100_000 + "</a>" * 100_000)), "dangerous"),
    "100,000 levels of text": (lambda: document("<w:p>" * 100_000 + "</w:p>" * 100_000), "dangerous"),
    # cells
    "a cell at XFD1048576": (lambda: workbook(_cell_at("XFD1048576")), "far_cell"),
    "a cell at Z1048576": (lambda: workbook(_cell_at("Z1048576")), "far_cell"),
    "a cell at AAA1": (lambda: workbook(sheet('<row r="1"><c r="AAA1"><v>1</v></c></row>')), "far_cell"),
    "a far cell in small letters": (lambda: workbook(_cell_at("xfd1048576")), "far_cell"),
    "a far cell with zeros": (lambda: workbook(sheet('<row r="9"><c r="A0001048576"><v>1</v></c></row>')), "far_cell"),
    "a far cell in single quotes": (
        lambda: workbook(sheet("<row r = '1048576'><c  r\n=\n'XFD1048576' ><v>1</v></c></row>")), "far_cell"),
    "a far cell with a prefix": (
        lambda: workbook(sheet('<x:row r="1"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>')), "far_cell"),
    "a far row of cells without a place": (
        lambda: workbook(sheet('<row r="1048576"><c><v>1</v></c></row>')), "far_cell"),
    "a far cell cut in two": (
        lambda: _cut_between_pieces(b'<row r="7"><c r="XFD1048576"><v>1</v></c></row>'), "far_cell"),
    "a far cell in UTF-16": (
        lambda: workbook(b"\xff\xfe" + _cell_at("XFD1048576").decode().encode("utf-16-le")), "far_cell"),
    "a cell at ZZ300000": (lambda: workbook(_cell_at("ZZ300000")), "too_heavy"),
    "a tag of 3 MB": (
        lambda: workbook(sheet(b'<row r="9"><c a="' + b"-" * 3 * MEGABYTE + b'" r="XFD9"><v>1</v></c></row>')),
        "dangerous"),
    "1,048,576 rows": (lambda: real_rows(1_048_576), "too_many_rows"),
    "a cell of 24 MB": (
        lambda: workbook(sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
                               + noise(2, 3 * MEGABYTE).hex().encode() * 4 + b"</t></is></c></row>")),
        READ),
    "a merge over everything": (
        lambda: workbook(sheet(after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')), READ),
    "a false dimension": (lambda: workbook(sheet().replace(
        b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')), READ),
    # old files
    "a far cell in an old workbook": (lambda: old_workbook((0, 0), (65535, 255)), READ),
    "a very far cell in an old workbook": (lambda: old_workbook((0, 0), (65535, 65535)), "too_heavy"),
    "an old workbook cut in two": (lambda: old_workbook((0, 0))[:2000], "damaged"),
    "an old workbook with a password": (lambda: old_workbook((0, 0), password=True), "password"),
    "a new file with a password": (lambda: compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "password"),
    "an old workbook with macros": (lambda: compound({"Workbook": b"x", "_VBA_PROJECT_CUR": b"x"}), "macro"),
    "an old document": (lambda: compound({"WordDocument": b"x"}), "old_document"),
    "the head of an old file alone": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 600, "damaged"),
    # PDF
    "a PDF that swells": (_swelling_pdf, READ),
    "a PDF without an end": (_endless_tree, READ),
    "a PDF of wide rows": (_wide_predictor, READ),
    "a PDF of brackets": (lambda: page_of(b"[" * 3 * MEGABYTE), READ),
    "a PDF nested deep": (lambda: pdf(b"<< /Type /Catalog /Pages " + b"[" * 200_000 + b"]" * 200_000 + b" >>"), READ),
    "a PDF cut in two": (lambda: page_of(b"BT ET")[:80], "damaged"),
    "a PDF of noise": (lambda: b"%PDF-1.7\n" + noise(3, 50_000), "damaged"),
    # text
    "nothing": (lambda: b"", "empty"),
    "zeros": (lambda: bytes(5000), "empty"),
    "noise": (lambda: b"\x01" + noise(4, 5000), "unknown_table"),
    "a line of 19 MB": (lambda: b"a,b\n" + b"1," * (19 * MEGABYTE // 2), "damaged"),
    "a table with zeros": (lambda: b"a,b\n" * 2000 + b"1,\0\n", "damaged"),
    "1,048,576 lines": (lambda: b"1,2\n" * 1_048_576, "too_many_rows"),
    "a quote that never ends": (lambda: b'a,"b\n' + b"1,2\n" * 400_000, READ),
    "21 MB": (lambda: b"a,b\n" * (21 * MEGABYTE // 4), "too_big"),
}  # fmt: skip
