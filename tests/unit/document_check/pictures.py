"""Pages that are pictures: text set as an image, as a scanner leaves it."""

from pathlib import Path

import pypdfium2
import typst
from pylopdf_fonts_zh_cn import serif_path

LINES = ("网络安全管理制度", "系统日志集中保存，保存期限不少于六个月。", "重要数据每天备份到异地，备份文件加密。")


def picture(lines: tuple[str, ...] = LINES) -> bytes:
    """A page as PNG."""
    text = "\n\n".join(lines)
    source = f'#set page(paper: "a5")\n#set text(font: "Noto Serif SC", size: 14pt)\n{text}'
    return typst.compile(source.encode(), font_paths=[serif_path().parent], format="png", ppi=150)


def scan(file: Path, pages: int = 1, lines: tuple[str, ...] = LINES) -> Path:
    """A PDF that holds nothing but pictures of its pages."""
    source = '#set page(paper: "a5", margin: 0pt)\n' + "\n#pagebreak()\n".join(['#image("/p.png")'] * pages)
    (file.parent / "p.png").write_bytes(picture(lines))
    (file.parent / "scan.typ").write_text(source, encoding="utf-8")
    typst.compile(file.parent / "scan.typ", output=file, root=file.parent)
    assert len(pypdfium2.PdfDocument(file)) == pages
    return file
