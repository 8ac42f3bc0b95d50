"""How articles are written: the forms of numbers, articles, lists and versions, as patterns over normalised text."""

import re

N = r"(?:\d{1,4}|[零〇一二三四五六七八九十百千两]{1,9})"
_INSERTED = rf"(?:之{N})?"
_BELOW = rf"(?:第?{N}款|第?\(?{N}\)?项|第?{N}目)"
_TAIL = rf"(?:{_BELOW}(?:(?:[、,和及与或]|以及)?{_BELOW})*)?"
_ARTICLE = rf"第?{N}条{_INSERTED}{_TAIL}"
_TO = r"(?:至|到|-|—|–|~)"
_AND = r"(?:[、,;和及与或]|以及|或者|并|和第)"
_BUNCH = rf"第?{N}(?:(?:{_TO}|{_AND})第?{N})+条{_TAIL}"  # 第33-35条, 第32、33和36条
_ONE = rf"(?:{_BUNCH}|{_ARTICLE})"

ARTICLES = re.compile(rf"{_ONE}(?:(?:{_TO}|{_AND}){_ONE})*")
PIECE = re.compile(rf"(?P<sep>{_TO}|{_AND})?第?(?P<number>{N})(?P<article>条)?(?P<inserted>之{N})?(?P<tail>{_TAIL})")
PARAGRAPH = re.compile(rf"第?({N})款")
ITEM = re.compile(rf"第?\(?({N})\)?项")
IS_TO = re.compile(rf"^{_TO}$")

# English: Article 33, Arts. 32 and 33, Articles 33-35, Art. 21(3), Article 286-1
_EN_BELOW = r"(?:,?\s*para(?:graph|\.)?\s*\d{1,2}(?:,?\s*item\s*\(?\d{1,2}\)?)?)?"
_EN_NUMBER = rf"\d{{1,4}}(?:-\d{{1,4}})?(?:\(\d{{1,2}}\))*{_EN_BELOW}"
_EN_AND = r"(?:\s*(?:,|;|&|\band\b|\bor\b|\bto\b|\bthrough\b|–|—)\s*)+"
EN_ARTICLES = re.compile(
    rf"(?<![a-z0-9])art(?:icle)?s?\b\.?\s*(?P<list>{_EN_NUMBER}(?:{_EN_AND}(?:art(?:icle)?s?\b\.?\s*)?{_EN_NUMBER})*)"
)
EN_PIECE = re.compile(
    r"(?P<sep>,|;|&|\band\b|\bor\b|\bto\b|\bthrough\b|–|—|^|\s)\s*(?:art(?:icle)?s?\b\.?\s*)?"
    r"(?P<number>\d{1,4})(?:-(?P<second>\d{1,4}))?(?P<below>(?:\(\d{1,2}\))*)"
    rf"(?P<words>{_EN_BELOW})"
)
EN_TO = ("to", "through", "–", "—")
EN_LAW_AFTER = re.compile(r"^\s*(?:,\s*)?(?:of|in|under)\s+(?:the\s+)?")
EN_TITLE = re.compile(
    r"(?:[A-Z][\w'’-]*|of|and|on|the|for|in|to|against)(?:\s+(?:[A-Z][\w'’-]*|of|and|on|the|for|in|to|against))*"
)
EN_KIND = re.compile(r"\b(?:law|regulations?|measures|provisions|rules|act|code|interpretation)s?$", re.IGNORECASE)
EN_OF_CHINA = re.compile(r"\s+of\s+(?:the\s+)?(?:prc|p\.r\.c\.|people['’]s republic of china|china)$", re.IGNORECASE)
EN_YEAR = re.compile(r"^\s*\((?:of\s+)?(?P<year>(?:19|20)\d\d)[^()]{0,20}\)")

# What may stand between a title and its articles.
BETWEEN = re.compile(r"(?:中|里|内|所?规定的|(?<=》)规定)?的?(?:关于)?[\s:]*$")
LABEL = re.compile(r"\((?P<label>(?:19|20)\d\d)年?[^()]{0,12}\)$")
SHORT_FORM = re.compile(r"\(以?下?简称[:“\"]?《?(?P<short>[^()《》“”\"]{2,30})》?[”\"]?\)$")
YEAR_BEFORE = re.compile(r"(?P<label>(?:19|20)\d\d)年?(?:版|修订|修正|公布)?的?$")
OLDER_BEFORE = re.compile(r"(?:旧版?|老|原来?|修订前|修改前|修正前)的?$")
CARRIED = re.compile(r"(?<![合共不])(?:本|同|该|上述|前述|此|那部)(?P<kind>法|条例|办法|规定|规则|细则)$")
APPLYING = re.compile(r"[\u4e00-\u9fff]{2,10}实施《[^《》]{2,40}》(?:办法|条例|规定|细则)$")
LAST_KIND = re.compile(r"(?:法|条例|办法|规定|规则|细则|决定|解释|规范|准则|标准)$")

# Titles by their last word: what is complete in the list of known titles, and what is not.
COMPLETE_KIND = re.compile(r"(?:法|条例)$")
OPEN_KIND = re.compile(r"(?:办法|规定|规则|细则|决定|解释|规范|准则|标准|程序|批复|意见)$")
PLACE = re.compile(r"(?:省|市|自治区|自治州|自治县|特区|特别行政区|(?<!地)县|(?<![地社园校厂小])区)")
OWN_RULE = re.compile(
    r"公司|集团|我厂|本厂|工厂|车间|本单位|我们|单位内部|员工|职工|考勤|薪酬|奖惩|合同|协议|章程|手册|食堂|宿舍|值班|业主|管理规约"
)
NO_TITLE = re.compile(r"^(?:[方做想说看用语办执司立违合依守普非书]?法|规定)$")
LEADING = re.compile(
    r".*(?:根据|依据|依照|按照|违反|适用|参照|对照|详见|参见|遵守|触犯|引用|援引|以及|请问|想问|问一下|知道|关于|就是|属于|符合|还有)"
)
LEADING_LETTERS = "见按依照和与及或对在用是看查跟把将给让说问那个的了吗呢啊我你他"
CHINA = "中华人民共和国"
NESTED = str.maketrans("", "", "《》〈〉<>")


def number(word: str) -> int:
    """1 to 9999 from digits or Chinese numerals, also read digit by digit (二〇); 0 where it is none."""
    if word.isdigit():
        return int(word)
    if not re.search("[十百千]", word):
        digits = "".join(str(_DIGITS[c]) for c in word)
        return int(digits)
    return _by_units(word)


_DIGITS = {**{c: n for n, c in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def _by_units(word: str) -> int:
    total, digit = 0, 0
    for character in word:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
