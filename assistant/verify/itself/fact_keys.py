"""When two figures are of one thing: a key of what they are of, which stage, unit, period, and whose.

All of it exact: a word that one clause has and the other lacks makes another key. Only what any clause may have or lack (我局,
全年, 共, 的, 开展) is left out before.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from assistant.numbers import Mention, unit_family
from assistant.patterns import regex
from assistant.subjects import BLANK, normal_term
from assistant.verify.reading.facets import Aspect
from assistant.verify.reading.statements import Statement

_FILLER = regex(
    r"^(?:[：:、.．\s]|[（(]?\d{1,2}[)）.．、]|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[一二三四五六七八九十]是|[①-⑳])+"
    r"|20\d\d年?度?|\d{1,2}月(?:\d{1,2}日|底|末)|年[末底]|本年度?|当年|今年以?来?"
    r"|[我本](?:部门|单位|机关|街道|中心|局|部|委|办|院|区|县|市|省|镇|乡|校|馆|所|站|队|会|厅)|全(?:区|县|镇|乡|局|院|校|街道|年度?|旗|体)|全年|年内|目前"
    r"|累计|总共|共计|合计|总计|共(?![同享建治产青性识])|总体|截至|其中|得到|我们|[的了已为有至超近均各]|(?<![签预节解公合契制条])约|达到?$|^(?:[对向让将并还也且]|在(?![编职岗校建册]))"
)
_MEASURED = regex(
    r"(?<=[\u4e00-\u9fff]{2})(?:总额|金额|总数|数量|次数|个数|期数|场数|人数|户数|件数|[批人场家户件台车]次|数额|数|额)$"
)
_LIGHT = regex(
    r"举办|开展|^组织(?!部)|组织(?=开展|召开|举办|实施|参加)|举行|召开|进行|实施|实现|达到(?!率)|统筹|顺利|圆满|成功(?!率)|按时|及时(?!率)|先后|持续|积极(?!分子)|集中|有效|认真|正式"
)
_ALSO_CALLED = (
    ("政府采购执行率", regex(r"^(?:政府)?采购(?:预算|计划|项目|资金)?执行率$")),
    ("社会公众满意度", regex(r"^(?:社会)?公众满意度$")),
    ("资产利用率", regex(r"资产使用率$")),
    ("结转结余", regex(r"结转[和及]结余")),
)
_DONE = regex(r"^完成|完成$")
_TASKS = regex(r"任务|项目|工作|指标|计划")
_GENERIC = regex(
    r"活动|培训班?|会议|项目|工作|资金|经费|投入|发放|收回|回收|问卷|群众|人员|人次|服务|惠及|受益|覆盖|参加|参与|各类|学习|宣传|检查|调研|任务|指标|工程|单位|部门|企业|支出|收入|预算|决算|金额|得分|分值"
    r"|满意度?|完成率|及时率|合格率|达标率|参与率|率|对象|社会|公众|居民|市民|本级|下属|占比|数量|质量|新增|其他|公开|编制|在编|在职|实有|账面|价值|资产|接待|受理|办结|申请|标准|补助|年度|指标值|目标值|目标|计划|实际|以上|以下|购置|购买|建设|改造|安装|设备"
)
_PLACE = (
    r"[\u4e00-\u9fff]{2,6}?(?:街道|社区|镇|(?<!下)乡|村|学校|小学|中学|幼儿园|医院|分局|大队|支队|园区|片区|校区|院区|公司|科室|党支部|文化馆|图书馆)"
    r"|[\u4e00-\u9fff]{2,12}?(?:项目|工程|课题)|[\u4e00-\u9fff]{2,6}[科馆所站](?![学技普研室])"
)
_SCOPE = regex(_PLACE)
_CLAUSE_SCOPE = regex(
    rf"(?:在|对|其中)?((?!全年|年度|开展|推进|完成|持续|全面|试点|率先|检查|针对|依托|深入|推动|组织|加强)(?:{_PLACE}))"
)
_FUND = regex(
    r"一般公共预算|政府性基金|国有资本|财政拨款|财政专户|非税|自有资金|单位资金|(?:上级|中央|省级?|市级?|区级?|县级?)(?:财政|转移支付|资金|补助|专项)|专项债|本级|下属|二级单位|汇总|合并"
)
_OWN_LEVEL = regex(r"(?<=[部局委办院厅会])[（(]?本级[）)]?")
_LONGEST_TOLD = 80
_REPORT = regex(r"报告$|整体支出|整体绩效")
"""The title of the whole names the unit, and so tells nothing apart."""
_OVERALL = regex(r"全年|累计|(?<![公一])共(?![同享建治产青性识])|总[计共数额]|[我全][区县市局院校镇]")
_FAMILIAR = 60
_NEAR = 6
"""So many figures to either side of one may be its parts, or what it is a part of."""
_ITEMS = tuple(
    (name, regex(rf"(?:{pattern})(?:支出|费用|经费|费)?"))
    for name, pattern in (
        ("三公经费", "三公经费?"),
        ("公务用车购置及运行维护费", "(?:公务用车|公务车辆|公车)购置[及和]运行(?:维护)?费?"),
        ("公务用车运行维护费", "(?:公务用车|公务车辆|公车)运行(?:维护)?费?"),
        ("公务用车购置费", "(?:公务用车|公务车辆|公车)购置费?"),
        ("因公出国境费", "因公出国境费?"),
        ("公务接待费", "(?:公务)?(?:接待|招待)费"),
        ("日常公用经费", "日常公用(?:经费|支出)"),
        ("人员经费", "人员经费"),
        ("基本支出", "基本支出"),
        ("项目支出", "项目支出"),
        ("政府采购", "政府采购"),
    )
)
_WHOLE = regex(r"部门|单位|整体|预算|支出|本年|年度|总|合计|小计|资金|情况|安排|使用|批复|下达|[局委办院部区]")
WHOLE, RATE = "整体支出", "预算执行率"
"""The unit as a whole, and its rate: of this a report has one."""
_KNOWN = frozenset({WHOLE, RATE, *(name for name, _ in _ITEMS)})
_STAFF = regex(
    r"(?:核定|机构)?(?:编制|在编)(?:人员?)?|实?有?在[编职岗](?:在编)?(?:人员|职工|人)?|实有人员?|离?退休(?:人员|干部)?|教职工"
)
_SATISFACTION = frozenset(
    {
        "服务对象满意度",
        "社会公众满意度",
        "社会公众或服务对象满意度",
        "公众或服务对象满意度",
        "综合满意度",
        "社会公众和服务对象满意度",
    }
)
_OWN = 4


class Key(NamedTuple):
    """What a figure is of: `family` is the unit that speaks for those that count the same (人 for 名)."""

    core: str
    aspect: Aspect
    family: str


class Setting(NamedTuple):
    """Of when and whose a figure is: the period, "" for the report's year, and the places, projects and funds it is said of."""

    period: str
    scope: frozenset[str]


class Fact(NamedTuple):
    """One figure with its key.

    `home`: where its passage or table begins. `source`: the statements of its sentence, of which it is number `place`; or the
    setting of its table. `cell`: a cell with its row and its head.
    """

    key: Key
    mention: Mention
    home: int
    source: tuple[Statement, ...] | Setting
    place: int = 0
    cell: str = ""

    @property
    def said(self) -> Statement | None:
        """Its statement, None for a cell."""
        return None if isinstance(self.source, Setting) else self.source[self.place]

    @property
    def words(self) -> str:
        """The sentence or cell it is shown with."""
        return self.cell if self.said is None else self.said.words

    @property
    def unique(self) -> bool:
        """Whether a report has one such figure; its total score, the other one, is the business of `marks`."""
        return self.key.core == RATE and self.key.aspect == ""

    @property
    def overall(self) -> bool:
        """Whether its clause says that it is the sum of all (全年, 累计, 共); a cell is."""
        return self.said is None or bool(_OVERALL.search(self.said.clause))

    @property
    def form(self) -> str:
        """Its clauses with numbers blanked, to see whether two are the same but for them."""
        said = self.said
        return self.cell if said is None else normal_term(said.before[-_FAMILIAR:] + BLANK + said.tail)

    @property
    def beside(self) -> tuple[Decimal, ...]:
        """The figures of its sentence that are counted in the same unit, in order, its own among them."""
        if isinstance(self.source, Setting):
            return ()
        near = self.source[max(0, self.place - _NEAR) : self.place + _NEAR]
        values = (one.mention.value for one in near if unit_family(one.mention.unit) == self.key.family)
        return tuple(value for value in values if value is not None)

    @property
    def weight(self) -> int:
        """How many characters of the core are its own, and not words of every report (活动, 资金).

        A budget item of one stage (基本支出 of 决算), the staff, and the satisfaction of all who are served are facts by their names.
        """
        core = self.key.core
        if core in _SATISFACTION or (self.key.family == "人" and _STAFF.fullmatch(core)):
            return _OWN
        if core in _KNOWN and (self.key.aspect or self.unique):
            return _OWN
        return len(_GENERIC.sub("", core))


def plain_core(words: str) -> str:
    """Words without what any clause may have or lack: 我局全年共召开党组会 → 党组会.

    完成 makes no other thing of it, but of tasks: those set and those done are two numbers.
    """
    before = ""
    while words != before:
        before, words = words, _FILLER.sub("", words)
    words = _LIGHT.sub("", words)
    for name, pattern in _ALSO_CALLED:
        words = pattern.sub(name, words)
    return _MEASURED.sub("", words if _TASKS.search(words) else _DONE.sub("", words))


def item_core(words: str) -> str:
    """A budget item by its standard name, `WHOLE` for the unit as a whole, else the plain words: 日常公用支出 → 日常公用经费."""
    rest = plain_core(words).removesuffix("项目")
    for name, pattern in _ITEMS:
        if pattern.fullmatch(rest):
            return name
    return rest if _WHOLE.sub("", rest) else WHOLE


def is_item(core: str) -> bool:
    """Whether a core is a budget item by its standard name."""
    return core in _KNOWN


def scope_of(*told: str) -> frozenset[str]:
    """The places, projects and funds that words name; 区委组织部（本级） is the unit itself."""
    found: set[str] = set()
    for words in told:
        if _REPORT.search(words):
            continue
        plain = _OWN_LEVEL.sub("", words[:_LONGEST_TOLD])
        found.update(_FUND.findall(plain))
        found.update(_SCOPE.findall(plain))
    return frozenset(found)


def clause_scope(*clauses: str) -> frozenset[str]:
    """The places and projects that clauses begin with, and their funds: what follows in the sentence is theirs."""
    begun = (_CLAUSE_SCOPE.match(clause) for clause in clauses)
    return frozenset(m[1] for m in begun if m) | frozenset(fund for clause in clauses for fund in _FUND.findall(clause))
