"""Words with a numeral in them that are no numbers of anything.

`IDIOMS` are names and set phrases (四个意识, 三公, 十四五): they are found and reported as `idiom`. `PLAIN_WORDS` are ordinary words
and places whose numeral would otherwise be read with the measure word after it (一部分, 五台山): nothing is reported.
Words whose numeral no measure word follows (统一 with 部署, 三亚, 万众) need no entry.
"""

from __future__ import annotations

import re

_NAMES = """
三上三下 三下乡 三农 三重一大 三严三实 三会一课 三支一扶 三区三线 三个代表 三个务必 三次产业 三产融合 三方协议 三年行动 三步走 三同时 三同步
三亮三比 三全育人 三高 三废 三个一批 三孩 三保障 三聚焦 三聚三保 三减三健 三品一标 三旧改造 三医联动 三甲 三通一平 七通一平
两个维护 两个确立 两个大局 两个一百年 两个文明 两个毫不动摇 两个结合 两个责任 两个先行 两学一做 两优一先 两山 两癌 两病 两手抓 两不愁三保障
两客一危 两张皮 两贴 两委 两免一补 两票制 两项补贴 两企三新 两条线
四个意识 四个自信 四个全面 四个伟大 四个服从 四个最严 四史 四风 四好农村路 四不摘 四不两直 四不放过 四下基层 四套班子 四梁八柱 四议两公开
五位一体 五险一金 五保 五个一 五育并举 五老 五方责任 五星红旗
六稳 六保 六个一 六大员 七个有之 七五普法 八五普法 八项规定 八项本领 九三学社
十佳 十严禁 十不准 十百千 百日攻坚 百日行动 百日会战 百千万工程 百县千镇万村 百花齐放 百家争鸣 百年大计 百年奋斗 百强 百万英才 百校联百县
千人计划 万人计划 千家万户 千方百计 千万工程 千企帮千镇 万企兴万村 千村示范 万村整治 万众一心 万无一失 万人助万企 万家灯火 成千上万 成百上千
一带一路 一国两制 一岗双责 一网通办 一网统管 一网协同 一窗通办 一窗受理 一站式 一体化 一体推进 一体两翼 一件事一次办 一件事 一次办好 一次办成
一次办 一次告知 一门式 一条龙 一老一小 一小一老 一核多元 一心一意 一以贯之 一如既往 一丝不苟 一票否决 一支笔 一把手 一张网 一张图 一张蓝图
一本账 一盘棋 一股绳 一竿子 一刀切 一卡通 一线三排 一对一 一点通 一一对应 一分为二 一成不变 一年一度 一年四季 一方水土 一案三制 一核三区
一本通 一码通 一键 一照通 一号通 一类会议 二类会议 三类会议 四类会议 双百 双一流 双随机一公开 双随机、一公开 双十一 双11 双12
""".split()

_WORDS = """
一系列 一方面 一部分 一大批 一批批 一层层 一次次 一个个 一步步 一项项 一件件 一份份 一条条 一家家 一户户 一家人 一口气 一点点 一点 一条心 一次性 一次函数 一次能源
一段时间 一度 一股 一通 一角 一单 一回事 一类似 一小时经济圈 一级市场
三元区 三元里 三元桥 三角 八角 五角 四角 六角 三台县 三台镇 五台山 五台县 五家渠 三门峡 三门县 三门核 三部曲 三家村 五项全能 十项全能
四周 两头 两口子 两回事 两度 三度 三番五次 千克 千米 千瓦 百分比 百分制 百度 万年县 万家 万户
""".split()

_NAME_PATTERNS = (
    "十[一二三四五六]五(?![十百千万个名])",
    "(?:十[一二三四五六七八九]|二十)大(?![类项])",
    "(?:十[一二三四五六七八九]?|二十)届(?=[一二三四五六七]中全会|中央|全国|省委|市委|区委|人大|政协)",
    "[一二三四五六七]中全会",
    "[一二三四五六七八九十]年(?:行动|计划|规划|攻坚)",
    "[二两三四五六七八九十]大(?![类项])",
    "[一二]?[一二三四五六七八九十]世纪",
    "(?:五一|十一|六一|七一|八一|三八|五四)(?=[”国劳假节长黄建儿妇青期、勋运])",
    "三公(?![里斤顷分尺])|三定(?![点期价])|三保(?![险护温洁证存])|三资(?![金料产])|三不(?=[”、])",
    "两新(?![增建版型招来])|两会(?![议场馆])|四新(?![增建])|六有(?=[”、])",
    "一[户企人村事校案厂店河岸街项岗园馆业机县镇乡市区省地](?=一)一[一-龥]",
    "一(?:社区|产业|小区)一[一-龥]{1,2}",
)

_WORD_PATTERNS = (
    "一起(?!案|事|纠|火|重|较|一|交|信|群)",
    "[一两三四八](?:道|面)(?![题锦旗墙关])",
    "一(?:头|块|片|行|路)(?![牛猪地牌钱])",
)


def _by_first(words: list[str]) -> str:
    """Join words into alternatives, grouped by their first character: 三(?:公|农)."""
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in groups.items())


IDIOMS = "|".join((*_NAME_PATTERNS, _by_first(_NAMES)))
"""Names and set phrases, as the source of a regular expression."""

PLAIN_WORDS = "|".join((*_WORD_PATTERNS, _by_first(_WORDS)))
"""Ordinary words and places, as the source of a regular expression."""

FIRST_WITH_THING = "第一(?:\\n{0,2}时间|书记|议题|责任人|线|要务|资源|动力|生产力|课堂|课|现场|方阵|梯队|产业|个百年|责任|响应|道防线)|第二(?:课堂|产业|个百年|曲线)|第三(?:方|产业|次分配)"
"""第一时间 and its like: set phrases, not ranks."""
