"""How replies look as plain lines."""

import pytest

from hegui.channels.terminal.painting import Painter
from hegui.channels.terminal.protocol import Content
from hegui.conversation.reply import Draft, OutgoingFile
from hegui.foundation.language.catalogue import Catalogue, Texts

DRAFT = (
    Draft()
    .heading("网络安全自查")
    .text("第一行\n第二行")
    .item("一件\n接着说")
    .quote("第一款\n第二款")
    .note("仅供参考。")
    .row(("是", ("check", "a")), ("否", ("check", "b")))
    .button("« 返回", "check", "c")
)


def test_plain_lines_show_every_kind_of_block(catalogue: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    Painter(Texts(catalogue, "zh"), rich=False).letter(Content(id="turn:1:0", reply=DRAFT.reply(), message=1))
    assert capsys.readouterr().out.splitlines() == [
        "网络安全自查",
        "────────────",
        "第一行",
        "第二行",
        "· 一件",
        "  接着说",
        "│ 第一款",
        "│ 第二款",
        "（仅供参考。）",
        "[1] 是   [2] 否",
        "[3] « 返回",
        "",
    ]


def test_a_notice_is_set_off_by_a_word(catalogue: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    content = Content(id="reminder:1", reply=Draft().text("due").reply(), message=1, notice=True)
    Painter(Texts(catalogue, "en"), rich=False).letter(content)
    assert capsys.readouterr().out == "── Notice ──\ndue\n\n"


@pytest.mark.parametrize("rich", [True, False])
def test_nothing_in_a_text_steers_the_terminal(
    catalogue: Catalogue, capsys: pytest.CaptureFixture[str], *, rich: bool
) -> None:
    reply = Draft().text("a\x1b[2Jb\x07[bold]c[/bold] :smile:").button("\x1b[31mred", "check").reply()
    Painter(Texts(catalogue, "en"), rich=rich).letter(Content(id="turn:1:0", reply=reply, message=1))
    assert capsys.readouterr().out == "a[2Jb[bold]c[/bold] :smile:\n[1] [31mred\n\n"


def test_a_file_is_named_with_its_path(catalogue: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    reply = Draft().text("here").reply(file=OutgoingFile(path="/data/abc", name="整改.ics"))
    Painter(Texts(catalogue, "zh"), rich=False).letter(Content(id="turn:1:0", reply=reply, message=1))
    assert "文件“整改.ics”：/data/abc" in capsys.readouterr().out


def test_long_lines_stay_whole_in_plain_output(catalogue: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    reply = Draft().text("长" * 300).reply()
    Painter(Texts(catalogue, "zh"), rich=False).letter(Content(id="turn:1:0", reply=reply, message=1))
    assert capsys.readouterr().out == "长" * 300 + "\n\n"
