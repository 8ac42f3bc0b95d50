"""The self-check as a person meets it: typed and pressed, stopped and resumed, with old buttons and odd answers."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from tests.unit.self_check.small_check import Talk, action_of, labels, run_of, small_pack, with_pack

from hegui.capabilities.self_check import store
from hegui.conversation.reply import LONGEST_ACTION
from hegui.foundation.audit import audit_log
from hegui.foundation.database.store import Database
from hegui.registry import enterprises


@pytest.fixture
def talk(sqlite_database, catalogue, rulebook, clock) -> Talk:
    return Talk(sqlite_database, catalogue, with_pack(rulebook, small_pack()), clock)


async def answers_of(talk: Talk, run: str) -> dict[str, str]:
    async with talk.database.read() as tx:
        return await store.answers(tx, run)


async def test_the_privacy_wall_is_told_before_the_first_question(talk):
    ann = await talk.meets()
    shown = (await talk.says(ann, "/check")).plain()
    assert "公安机关看不到" in shown
    assert "怎么用网" not in shown


async def test_questions_come_one_by_one_with_their_number(talk):
    ann = await talk.meets()
    first = await talk.begins(ann)
    assert "第 1/3 题" in first.plain()
    second = await talk.chooses(ann, first, "有网站")
    assert "第 2/4 题" in second.plain()
    assert second.panel


@pytest.mark.parametrize("word", ["有网站", "site", "Website。", " website "])
async def test_an_option_may_be_typed(talk, word):
    ann = await talk.meets()
    run = run_of(await talk.begins(ann))
    await talk.says(ann, word)
    assert await answers_of(talk, run) == {"F01": "site"}


@pytest.mark.parametrize("typed", ["2026-05-01", "2026年5月1日", "2026/5/1", "20260501"])
async def test_a_date_may_be_typed_in_the_usual_forms(talk, typed):
    ann = await talk.meets()
    run = run_of(await talk.begins(ann))
    for word in ("只办公", "是", typed):
        await talk.says(ann, word)
    assert (await answers_of(talk, run))["Q02"] == "2026-05-01"


@pytest.mark.parametrize(
    ("typed", "told"), [("五月一号", "没看懂这个日期"), ("2026-02-30", "没看懂"), ("2027-01-01", "还没有到")]
)
async def test_a_date_that_is_none_or_lies_ahead_gets_a_sentence_with_an_example(talk, typed, told):
    ann = await talk.meets()
    await talk.begins(ann)
    await talk.says(ann, "只办公")
    await talk.says(ann, "是")
    shown = await talk.says(ann, typed)
    assert told in shown.plain()
    assert "2026-05-01" in shown.plain()


async def test_what_is_no_answer_changes_nothing_and_shows_the_question_again(talk):
    ann = await talk.meets()
    run = run_of(await talk.begins(ann))
    shown = await talk.says(ann, "嗯哼")
    assert "比如：只办公" in shown.plain()
    assert "怎么用网" in shown.plain()
    assert "/ask" not in shown.plain()
    assert await answers_of(talk, run) == {}


@pytest.mark.parametrize("typed", ["日志？", "我想问一下日志要保存多久才行"])
async def test_what_looks_like_a_question_is_shown_the_way_to_ask_it(talk, typed):
    ann = await talk.meets()
    await talk.begins(ann)
    assert "/ask" in (await talk.says(ann, typed)).plain()


async def test_wishes_may_be_typed_too(talk):
    ann = await talk.meets()
    run = run_of(await talk.begins(ann))
    await talk.says(ann, "跳过")
    await talk.says(ann, "不知道")
    assert await answers_of(talk, run) == {"F01": "skipped", "Q01": "unknown"}
    assert "Q01" in (await talk.says(ann, "返回")).plain()
    assert "Q01" in (await talk.says(ann, "什么意思？")).plain()


async def test_help_is_shown_on_demand_and_typing_then_answers_what_is_shown(talk):
    ann = await talk.meets()
    first = await talk.begins(ann)
    run = run_of(first)
    await talk.chooses(ann, first, "只办公")
    assert "看有没有网站" in (await talk.chooses(ann, first, "什么意思")).plain()
    await talk.says(ann, "有网站")
    assert (await answers_of(talk, run))["F01"] == "site"


async def test_back_offers_to_keep_the_answer_and_keeps_it(talk):
    ann = await talk.meets()
    second = await talk.chooses(ann, await talk.begins(ann), "只办公")
    back = await talk.chooses(ann, second, "« 返回")
    assert "现在的答案：只办公" in back.plain()
    assert "« 返回" not in labels(back)
    assert "Q01" in (await talk.chooses(ann, back, "不改")).plain()
    assert await answers_of(talk, run_of(back)) == {"F01": "office"}


async def test_an_old_button_changes_its_own_answer_and_a_second_press_nothing(talk):
    ann = await talk.meets()
    first = await talk.begins(ann)
    second = await talk.chooses(ann, first, "只办公")
    third = await talk.chooses(ann, second, "否")
    assert "Q04" in third.plain()
    changed = await talk.chooses(ann, first, "有网站")
    assert "F02" in str(changed.buttons)
    again = await talk.chooses(ann, first, "有网站")
    assert again.buttons == changed.buttons
    assert await answers_of(talk, run_of(first)) == {"F01": "site", "Q01": "no"}


async def test_a_button_of_a_question_that_is_not_asked_any_more_says_so(talk):
    ann = await talk.meets()
    first = await talk.begins(ann)
    second = await talk.chooses(ann, first, "有网站")
    await talk.chooses(ann, first, "只办公")
    assert "已经不用答了" in (await talk.chooses(ann, second, "能")).plain()
    assert await answers_of(talk, run_of(first)) == {"F01": "office"}


async def test_a_check_is_resumed_after_weeks_and_a_restart_and_on_another_channel(
    talk, sqlite_url, catalogue, rulebook, clock
):
    ann = await talk.meets()
    run = run_of(await talk.chooses(ann, await talk.begins(ann), "有网站"))
    await talk.database.close()
    clock.advance(timedelta(weeks=6))
    opened = Database(sqlite_url)
    later = Talk(opened, catalogue, with_pack(rulebook, small_pack()), clock)
    elsewhere = ann.model_copy(update={"channel": "other", "address": "elsewhere"})
    offered = await later.says(elsewhere, "/check small")
    assert "继续上次？第 2/4 题" in labels(offered)
    assert "网站能发内容吗" in (await later.chooses(elsewhere, offered, "继续上次")).plain()
    await later.says(elsewhere, "能")
    assert await answers_of(later, run) == {"F01": "site", "F02": "yes"}
    await opened.close()


async def test_a_run_keeps_the_questions_it_began_with(talk, catalogue, rulebook, clock):
    ann = await talk.meets()
    await talk.begins(ann)
    changed = small_pack(F01={"text": {"zh": "换了说法？", "en": "Reworded?"}})
    later = Talk(talk.database, catalogue, with_pack(rulebook, changed), clock)
    shown = await later.chooses(ann, await later.says(ann, "/check"), "继续上次")
    assert "怎么用网" in shown.plain()


async def test_starting_anew_twice_finds_the_run_that_the_first_press_began(talk):
    ann = await talk.meets()
    first = await talk.chooses(ann, await talk.begins(ann), "只办公")
    sure = await talk.chooses(ann, await talk.says(ann, "/check"), "重新开始")
    begun = await talk.chooses(ann, sure, "开始")
    assert run_of(begun) != run_of(first)
    assert run_of(await talk.chooses(ann, sure, "开始")) == run_of(begun)


async def test_leaving_and_cancelling_keep_everything(talk):
    ann = await talk.meets()
    second = await talk.chooses(ann, await talk.begins(ann), "只办公")
    left = await talk.chooses(ann, second, "✖ 退出")
    assert "保存着" in left.plain()
    assert "Q01" in (await talk.chooses(ann, left, "继续上次")).plain()
    assert "保存着" in (await talk.says(ann, "/cancel")).plain()
    assert await answers_of(talk, run_of(second)) == {"F01": "office"}


async def test_the_overview_shows_answers_and_leads_to_any_question(talk):
    ann = await talk.meets()
    shown = await talk.chooses(ann, await talk.begins(ann), "只办公")
    shown = await talk.chooses(ann, shown, "总览")
    assert "只办公" in shown.plain()
    assert "还没答" in shown.plain()
    assert "完成自查" not in labels(shown)
    assert "怎么用网" in (await talk.chooses(ann, shown, "✎ 1")).plain()


async def test_a_result_names_faults_worst_first_with_article_and_remedy_and_promises_nothing(talk):
    ann = await talk.meets()
    shown = await talk.finishes(ann, "有网站", "能", "否", "否", "部分")
    text = shown.plain()
    assert "发现 3 项问题：严重 1 项，一般 1 项，建议 1 项" in text
    assert text.index("Q01没有做到") < text.index("Q04没有做到") < text.index("Q03没有做到")
    assert "第二十三条" in text
    assert "把Q01补上" in text
    assert "由公安机关依法决定" in text
    assert "免罚" not in text
    assert action_of(shown, "列入整改").startswith("case:from:")
    assert not shown.panel


async def test_many_findings_are_turned_like_pages(sqlite_database, catalogue, rulebook, clock):
    talk = Talk(sqlite_database, catalogue, rulebook, clock)
    ann = await talk.meets()
    shown = await talk.chooses(ann, await talk.says(ann, "/check 网络安全"), "开始")
    while "完成自查" not in labels(shown):
        wanted = next((b.action for b in shown.buttons if b.action.endswith(":no")), shown.buttons[0].action)
        shown = await (talk.presses(ann, wanted) if ":a:" in wanted else talk.says(ann, "2026-10-01"))
    done = await talk.chooses(ann, shown, "完成自查")
    page = await talk.chooses(ann, done, "其余")
    assert "（2/" in page.plain()
    assert page.panel
    assert done.plain().splitlines()[2] in (await talk.chooses(ann, page, "‹ 上一页")).plain()


@pytest.mark.parametrize(
    ("language", "start", "finish", "told"),
    [
        ("zh", "开始", "完成自查", "依据：《网络安全法》第二十三条、第二十七条、《数据安全法》第二十七条"),
        ("en", "Start", "Finish", "Ground: Cybersecurity Law, Art. 23; Art. 27; Data Security Law, Art. 27"),
    ],
)
async def test_articles_of_one_law_stand_together(
    sqlite_database, catalogue, rulebook, clock, language, start, finish, told
):
    articles = [("csl", 23, "2026-01-01"), ("dsl", 27, "2021-09-01"), ("csl", 27, "2026-01-01")]
    cited = [{"law": law, "article": article, "version": version} for law, article, version in articles]
    pack = small_pack(Q01={"citations": cited})
    talk = Talk(sqlite_database, catalogue, with_pack(rulebook, pack), clock)
    ann = await talk.meets(language=language)
    await talk.chooses(ann, await talk.says(ann, "/check"), start)
    for word in ("office", "no"):
        await talk.says(ann, word)
    shown = await talk.chooses(ann, await talk.says(ann, "yes"), finish)
    assert told in shown.plain().splitlines()


async def test_a_clean_result_is_told_warmly_with_what_to_keep(talk):
    ann = await talk.meets()
    shown = await talk.finishes(ann, "只办公", "是", "2020-01-01", "是")
    assert "没有发现问题" in shown.plain()
    assert "Q01的记录" in shown.plain()
    assert "列入整改" not in str(labels(shown))


async def test_open_points_are_counted_and_never_called_fine(talk):
    ann = await talk.meets()
    shown = await talk.finishes(ann, "跳过", "不知道", "跳过")
    assert "还有 3 项没有确定" in shown.plain()
    assert "做得很好" not in shown.plain()


async def test_buttons_of_a_finished_run_lead_to_its_result(talk):
    ann = await talk.meets()
    first = await talk.begins(ann)
    for word in ("只办公", "否", "否"):
        last = await talk.says(ann, word)
    done = await talk.chooses(ann, last, "完成自查")
    for label in ("有网站", "跳过", "总览", "✖ 退出"):
        told = await talk.chooses(ann, first, label)
        assert told.plain() == "这次自查已完成。"
    assert (await talk.chooses(ann, told, "看结果")).plain() == done.plain()
    assert "已完成" in (await talk.chooses(ann, last, "完成自查")).plain()
    assert await answers_of(talk, run_of(first)) == {"F01": "office", "Q01": "no", "Q04": "no"}


async def test_evidence_is_kept_under_its_question_once_dated_and_removed(talk):
    ann = await talk.meets()
    second = await talk.chooses(ann, await talk.begins(ann), "只办公")
    wanted = await talk.chooses(ann, second, "上传证据")
    assert "Q01的记录" in wanted.plain()
    assert talk.floors[ann.chat].step == "evidence"
    kept = await talk.sends(ann, "截图.png")
    assert "截图.png（2 KB）" in kept.plain()
    await talk.sends(ann, "又一次.png")
    assert "2026年5月1日" in (await talk.says(ann, "2026-05-01")).plain()
    assert "请发送文件" in (await talk.says(ann, "好的")).plain()
    shown = await talk.chooses(ann, kept, "不需要了")
    assert "已有证据 1 份" in shown.plain()
    files = await talk.chooses(ann, kept, "看证据")
    assert "还没有证据" in (await talk.chooses(ann, files, "删除第 1 份")).plain()
    assert "已经删掉" in (await talk.chooses(ann, files, "删除第 1 份")).plain()


async def test_a_file_nobody_asked_for_is_refused(talk):
    ann = await talk.meets()
    await talk.begins(ann)
    assert "现在不需要文件" in (await talk.sends(ann, "截图.png")).plain()


async def test_evidence_may_follow_after_the_result(talk):
    ann = await talk.meets()
    done = await talk.finishes(ann, "只办公", "否", "是")
    which = await talk.chooses(ann, done, "补传证据")
    await talk.chooses(ann, which, "Q01没有做到")
    kept = await talk.sends(ann, "补.png")
    assert "收到" in kept.plain()
    assert "已完成" in (await talk.chooses(ann, kept, "不需要了")).plain()


async def test_a_new_check_starts_from_the_last_answers_and_says_what_changed(talk, catalogue, rulebook, clock):
    ann = await talk.meets()
    await talk.finishes(ann, "只办公", "是", "2026-10-01", "不知道")
    clock.advance(timedelta(days=200))
    changed = small_pack(Q01={"citations": [{"law": "csl", "article": 27, "version": "2026-01-01"}]})
    later = Talk(talk.database, catalogue, with_pack(rulebook, changed), clock)
    shown = await later.chooses(ann, await later.says(ann, "/check"), "从上次的答案开始")
    assert "已带入上次的 3 个答案" in shown.plain()
    assert "Q04" in shown.plain()
    done = await later.chooses(ann, await later.says(ann, "是"), "完成自查")
    text = (await later.chooses(ann, done, "和上次比")).plain()
    assert "法律要求变了" in text
    assert "您的回答变了" in text
    assert "时间到了" in text
    assert "题目变了" not in text


async def test_a_member_of_several_enterprises_chooses_for_which(talk):
    ann, bob = await talk.meets(), await talk.meets()
    async with talk.database.write() as tx:
        made = await enterprises.add(
            tx,
            name="示例一厂",
            uscc="91110000600037341L",
            district="CN-33-08",
            now=talk.clock.now(),
            randomness=talk.randomness,
        )
        await enterprises.join(tx, made.id, ann.person, "owner")
    offered = await talk.says(ann, "/check")
    assert labels(offered)[:2] == ["开始：示例一厂", "只为自己查"]
    run = run_of(await talk.chooses(ann, offered, "开始：示例一厂"))
    async with talk.database.read() as tx:
        assert (await store.get_run(tx, run)).enterprise == made.id
    assert "按钮已经用不了" in (await talk.chooses(bob, offered, "开始：示例一厂")).plain()


async def test_the_list_leads_to_every_run(talk):
    ann = await talk.meets()
    await talk.finishes(ann, "只办公", "否", "是")
    again = await talk.chooses(ann, await talk.says(ann, "/check"), "开始")
    shown = await talk.presses(ann, "check:runs")
    assert sorted(label.split(" · ")[1] for label in labels(shown)[:2]) == ["已完成", "进行中"]
    assert run_of(again) in str(shown.buttons)


async def test_answers_stand_in_no_audit_row(talk):
    ann = await talk.meets()
    await talk.finishes(ann, "只办公", "是", "2020-01-01", "否")
    async with talk.database.read() as tx:
        rows = await tx.all(select(audit_log.c.act, audit_log.c.about, audit_log.c.detail))
    assert {row.act for row in rows} == {"self-check started", "self-check finished"}
    written = str(rows)
    assert not any(secret in written for secret in ("office", "2020", "Q01", "Q04", "red", "amber"))


async def test_no_button_is_too_long_in_the_real_checklist(sqlite_database, catalogue, rulebook, clock):
    talk = Talk(sqlite_database, catalogue, rulebook, clock)
    eve = await talk.meets(language="en")
    shown = await talk.presses(eve, action_of(await talk.says(eve, "/check network-security"), "Start"))
    seen = 0
    while "Finish" not in labels(shown):
        shown = (
            await talk.presses(eve, shown.buttons[0].action)
            if shown.rows[0][0].action.startswith("check:a:")
            else await talk.says(eve, "2026-10-01")
        )
        seen += 1
        assert seen < 60
    done = await talk.chooses(eve, shown, "Finish")
    assert "Result" in done.plain() or "result" in done.plain()
    assert max(len(button.action) for reply in talk.said for button in reply.buttons) <= LONGEST_ACTION
