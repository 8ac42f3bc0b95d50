"""Writes rules/article_shapes.tsv: how many paragraphs and items the articles of each text held have.

    python bench/article_shapes.py STATUTES

STATUTES is a folder of statute texts. `hegui rules lint --statutes` says when the file is out of date.
"""

import sys
from pathlib import Path

from hegui.rulebook.article_shapes import FILE, written
from hegui.rulebook.lint.statutes import shapes_of
from hegui.rulebook.loader import default_folder, load

HEAD = """\
# How many paragraphs and items articles have, where it is more than one plain paragraph. Facts of the texts held.
# law\tfrom\tarticle=items of its first paragraph.items of its second ...
"""


def main() -> None:
    statutes = Path(sys.argv[1])
    versions = ((law, version) for law in load(default_folder()).laws for version in law.versions)
    found = ((law.id, version.effective, shapes_of(law, version, statutes)) for law, version in versions)
    lines = [written(law, day, shapes) for law, day, shapes in found if shapes is not None]
    (default_folder() / FILE).write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
