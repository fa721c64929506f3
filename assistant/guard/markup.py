"""What is no sentence of a report: markup, talk to the reader, another language, blanks, the model's own thoughts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.guard.fault import Fault
from assistant.guard.matter import Matter
from assistant.guard.text import SLOT
from assistant.patterns import regex

_NUMBERED = "序号"
_FORMS = (
    (
        "标记符号",
        regex(
            r"</?[A-Za-z][^<>\n]{0,80}/?>|<[!?|/]|[|/]>|&(?:[a-z]{2,8}|#\d{1,5});|`|\*\*|__|~~|^\s{0,3}#{1,6}|^\s{0,3}>|^\s{0,3}[-*+•●■◆▪·○◇◦※→–—]\s?|\|[^|\n]{0,80}\||\*[^*\n]{1,80}\*|\\[a-zA-Z]+|\$[^$\n]{1,40}\$|^\s{0,3}(?:-{3,}|={3,}|\*{3,})|\\[\[\]()]"
        ),
    ),
    ("链接", regex(r"https?[:：]|ftp:|www\.|!?\[[^\]\n]{0,60}\]\([^)\n]{0,200}\)|[A-Za-z0-9._-]{1,40}@[A-Za-z0-9.-]{1,40}|[A-Za-z0-9-]{2,40}\.(?:com|cn|org|net|gov|io)\b")),
    (
        "表情和特殊符号",
        regex(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B50\u2B55\uFE0F\u203C\u2049\u3030\u303D\u25a0-\u25ff\u2190-\u21ff]"),
    ),
    ("看不见的字符", regex("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffd\u0000-\u0008\u000b-\u001f\U000E0000-\U000E007F]")),
    (
        "对话标记",
        regex(r"(?i)<\|?[a-z_/]{2,20}\|?>|\bthink(?:ing)?\b|\b(?:system|assistant|user|human)\s{0,2}[:：]|^(?:系统|用户|助手|助理|AI|模型)\s{0,2}[:：]|\[/?INST\]|\{\{|\}\}|\{%|%\}"),
    ),
    (
        "对读者说的话",
        regex(
            r"^(?:好的|好[，,]|当然|没问题|收到|明白|了解|您好|你好|抱歉|对不起|很抱歉|遵命|可以的)|以下(?:是|为|内容)|(?:改写|修改|润色|调整|重写|起草|撰写|整理|生成)(?:后|好)?的?(?:内容|版本|段落|文本|结果|稿)?(?:如下|为)?[：:]"
            r"|希望(?:对您|对你|能|以上|这|有)|如(?:果)?(?:您|你|有|需)[^，。]{0,12}(?:需要|疑问|问题|修改|调整|告诉|联系|说明|补充)|请(?:您|你|告知|告诉我|提供|确认|审阅|查收|参考|注意|放心)|欢迎(?:随时|您|提出|指正)|随时(?:告诉|联系|提)"
            r"|作为(?:一个|一名|一款|人工智能|AI|语言|大)|我(?:是|无法|不能|会|将|已|可以|认为|理解|按照|根据|来|的回答)(?!局|单位|部|委|院|区|市|校|中心|街道|镇)|我们(?:可以|来看)|您|(?<!们)你(?!好)"
            r"|[（(]?(?:注|说明|备注|提示|温馨提示|注意|PS|P\.S\.)[:：]|(?:上述|以上)(?:内容|段落|文字|改写|回答|即为|就是)|根据(?:您|你|提示|要求)(?:的|，)|(?:按|按照)(?:您|你)|根据(?:提供|给定)的?(?:材料|信息|资料|内容)|材料(?:中)?(?:未|没有)(?:提供|提及|说明)"
            r"|本(?:段|句|文)(?:共|约|已|按|根据)|字数[:：]|占位符?|改写(?:完成|完毕|如下)|人工智能|语言模型|大模型|提示词|指令"
        ),
    ),
    ("没写完的地方", regex(r"…|\.{3,}|。{2,}|待补|待定|待填|待完善|待核实|此处|TODO|TBD|N/A|[xX×]{2,}|某某|[_＿]{2,}|[?？]{2,}|省略|（略）|\(略\)|等等。")),
    (
        _NUMBERED,
        regex(r"^\s{0,4}(?:[（(]\s{0,2}[一二三四五六七八九十\d]{1,3}\s{0,2}[）)]|[①-⑳⑴-⒇]|\d{1,2}\s{0,2}[.、．）)]|[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]{1,3}是(?!否)|第[一二三四五六七八九十]{1,2}[，、,]|首先[，,]|其次[，,]|再次[，,]|最后[，,])"),
    ),
)  # fmt: skip
_ENGLISH = regex(r"[A-Za-z]{2,20}(?:[ ,.']{1,2}[A-Za-z]{1,20}){2,}")
_PLAIN = regex(r"[\u3400-\u9fff\U00020000-\U0003134f，。；：、！？“”‘’《》〈〉（）—·％%～]")
_REMEDIES = {
    "标记符号": "只写正文，不用任何标记",
    "链接": "不写链接和邮箱",
    "表情和特殊符号": "不用表情和符号",
    "看不见的字符": "请删去",
    "对话标记": "不写思考过程和角色标记",
    "对读者说的话": "只写报告正文，不与读者对话",
    "没写完的地方": "每句都要写完整，没有材料的不写",
    _NUMBERED: "序号由程序印出，不要自己写",
    "英文": "用中文写",
}


def markup(matter: Matter) -> Iterator[Fault]:
    """Forms and characters that neither the point's own texts nor the section's words hold."""
    known = SLOT.sub("", "\n".join([*matter.point.known, *matter.own]))
    for number, sentence in enumerate(matter.written):
        text = SLOT.sub("", sentence.raw)
        if "\n" in text.strip():
            yield Fault("markup", number, text, "一句里有换行：每段写成连续的句子。")
        if not text.strip(" 。，；、") and not sentence.slots:
            yield Fault("markup", number, text, "这一句是空的，请删去。")
        strays = dict.fromkeys(char for char in text.strip() if not _PLAIN.match(char) and char not in known)
        if strays:
            yield Fault("markup", number, "".join(strays), f"“{''.join(strays)}”不是正文的字符：只用汉字和中文标点。")
        for name, form in (*_FORMS, ("英文", _ENGLISH)):
            for m in form.finditer(text):
                if not _borne(name, m[0].strip(), known, matter.point.known):
                    yield Fault("markup", number, m[0], f"“{m[0].strip()}”是{name}：{_REMEDIES[name]}。")
                    break


def _borne(name: str, words: str, known: str, statements: Sequence[str]) -> bool:
    """Whether the materials have it; an enumerator only where a statement opens with it."""
    if name == _NUMBERED:
        return any(text.startswith(words) for text in statements)
    return bool(words) and words in known
