"""What of a text counts as said, and what goes against the law."""

import pytest
from tests.unit.document_check.judging import against, books, judge, judged, state

from hegui.capabilities.document_check.judging.answers import against_answers
from hegui.capabilities.document_check.model import Document
from hegui.capabilities.document_check.reading.raw import Raw
from hegui.capabilities.document_check.reading.structure import structured

LOGS = "系统日志集中保存，保存期限不少于六个月。"
BACKUP = "重要数据每天备份到异地，备份介质加密。"


def test_a_negation_takes_only_its_own_clause_away() -> None:
    assert state(judge("本制度不涉及机房消防，重要数据每天备份，备份加密保存。"), "M07") == "found"
    assert state(judge("数据备份和加密，本制度暂不涉及。"), "M07") == "missing"
    assert state(judge("本制度不涉及备份、加密和数据分类。"), "M07") == "missing"


def test_a_case_that_is_provided_for_is_no_negation() -> None:
    assert state(judge("未建立账号台账的，信息部收回其权限。"), "M09") == "found"


def test_a_prohibition_is_a_rule() -> None:
    assert state(judge("不得不进行身份核验就为用户注册账户，核验真实身份后方可发布。"), "M10") == "found"


@pytest.mark.parametrize(
    "heading", ["第二章 日志留存不少于六个月", "第三章 漏洞修复与补丁安装", "第四章 网络安全培训每年一次"]
)
def test_a_heading_with_nothing_below_it_proves_nothing(heading: str) -> None:
    report = judge(heading, "第五章 其他", "本制度由办公室解释。")
    assert {one.element for one in report.judged if one.state == "found"} == set()


def test_an_empty_place_below_a_heading_proves_nothing() -> None:
    assert state(judge("第二章 培训", "（待补充）"), "M16") == "missing"


def test_a_heading_completes_what_stands_below_it() -> None:
    assert state(judge("第二章 日志", "保存六个月以上，任何人不得删除。"), "M06") == "found"


def test_a_list_of_laws_proves_nothing() -> None:
    report = judge("依据：《个人信息保护法》《网络安全等级保护条例》《网络安全事件应急预案管理办法》。")
    assert {one.element for one in report.judged if one.state == "found"} == set()


def test_what_a_law_says_is_not_what_the_enterprise_says() -> None:
    assert state(judge("《网络安全法》第二十三条规定，留存网络日志不少于六个月。"), "M06") == "missing"
    assert state(judge("网络运营者应当留存网络日志不少于六个月。"), "M06") == "missing"
    assert state(judge("按照《网络安全法》第二十三条规定，公司留存网络日志不少于六个月。"), "M06") == "found"


def test_naming_things_in_a_row_is_a_mention() -> None:
    assert state(judge("行政部负责病毒防护、漏洞修复、账号管理等工作。"), "M15") == "missing"


def test_a_definition_alone_proves_nothing() -> None:
    assert state(judge("漏洞，是指系统中需要修复的弱点。"), "M15") == "missing"


def test_a_business_that_an_enterprise_has_not_is_waived_by_saying_so() -> None:
    report = judge("公司不提供信息发布服务，用户实名核验不适用。")
    waived = next(one for one in report.judged if one.element == "M10")
    assert (waived.state, waived.not_applicable) == ("found", True)
    assert state(judge("本制度不涉及用户实名核验。"), "M10") == "missing"


def test_a_duty_that_everybody_has_cannot_be_waived() -> None:
    assert state(judge("本公司数据备份不适用。"), "M07") == "missing"


def test_a_part_that_lacks_is_named() -> None:
    half = next(one for one in judge("服务器数据每天备份。").judged if one.element == "M07")
    assert (half.state, half.lacking) == ("missing", (1,))
    assert half.shown is not None


@pytest.mark.parametrize("period", ["三个月", "90天", "一个季度", "5个月", "一百天"])
def test_logs_kept_too_short_are_a_contradiction_and_not_found(period: str) -> None:
    report = judge(f"网络日志由管理员保管，保存期为{period}。")
    assert against(report) == {"M06"}
    assert state(report, "M06") == "missing"


@pytest.mark.parametrize(
    "sentence",
    [
        LOGS,
        "系统日志保存六个月，备份数据保存三个月。",
        "系统日志每三个月检查一次，保存半年以上。",
        "近三个月的日志在线查询，全部日志保存一年。",
        "监控录像保存三十天，系统日志留存180日。",
        "系统日志永久保存。",
    ],
)
def test_another_period_beside_the_right_one_is_no_contradiction(sentence: str) -> None:
    report = judge(sentence)
    assert against(report) == set()
    assert state(report, "M06") == "found"


def test_two_periods_in_one_sentence_are_each_of_their_own_matter() -> None:
    assert against(judge("日志保存三个月，备份数据保存三年。")) == set()  # the sentence names enough time somewhere
    assert against(judge("日志保存三个月，备份每周一次。")) == {"M06"}


def test_late_reports_go_against_the_law() -> None:
    assert against(judge("发生案件的，四十八小时内，向公安机关报告。", letter="E")) == {"E05"}
    assert against(judge("较大以上事件，一天内报告省网信办。", letter="E")) == {"E05"}
    assert against(judge("较大以上事件，四小时内报告省网信办，24小时内报告公安机关。", letter="E")) == set()
    assert against(judge("系统定级后三十日内报公安机关备案。", letter="E")) == set()


def test_the_opposite_of_a_duty_is_a_contradiction() -> None:
    report = judge("用户无需实名即可注册和发帖。")
    assert against(report) == {"M10"}
    assert state(report, "M10") == "missing"


def test_nothing_is_missing_where_pages_could_not_be_read() -> None:
    raws = [Raw("某某公司文件"), Raw(LOGS)]
    report = judged(Document(structured(raws, ()), pages=3, scanned_pages=(2,)))
    assert {one.state for one in report.judged} == {"found", "unreadable"}
    assert state(report, "M06") == "found"


def test_blanks_that_were_left_are_counted() -> None:
    assert judge("网络安全负责人为【】，电话____。").blanks == 2


def test_a_document_is_held_against_the_answers_of_a_self_check() -> None:
    kind = books("M").kind
    report = judge("系统日志保存三个月。", BACKUP, "公司不提供信息发布服务，信息内容审核不适用。")
    told = {"Q06": "yes", "Q09": "no", "Q16": "yes", "Q19": "yes", "Q23": "no", "Q20": "unknown"}
    found = {(one.element, one.question): one.difference for one in against_answers(report, kind, told)}
    assert found == {
        ("M06", "Q06"): "done-against-law",
        ("M07", "Q09"): "written-not-done",
        ("M15", "Q16"): "done-not-written",
        ("M11", "Q19"): "waived-but-done",
    }
    scan = judged(Document((), pages=1, scanned_pages=(1,)))
    assert against_answers(scan, kind, told) == ()
