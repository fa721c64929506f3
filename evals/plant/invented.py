"""A sentence with a number that nothing in the case bears out."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from assistant.numbers import find_numbers
from evals.plant.clean import Clean
from evals.plant.edit import Edit
from evals.plant.mutant import Mutant

_SENTENCES = (
    ("节水改造", "全年完成节水改造{}处。"),
    ("巡查车辆", "为基层更新巡查车辆{}辆。"),
    ("志愿服务队", "新组建志愿服务队{}支。"),
    ("培训场地", "租用培训场地支出{}万元。"),
    ("热线回访", "热线回访满意率达到{}%。"),
    ("数据机房", "数据机房维护费为{}万元。"),
    ("减排", "办公楼减排{}%。"),
    ("直播讲座", "直播讲座吸引观众{}人次。"),
    ("审计整改", "审计整改追回资金{}万元。"),
    ("电子证照", "签发电子证照{}份。"),
    ("食堂采购", "食堂采购节约{}万元。"),
    ("应急演练", "开展应急演练{}次。"),
)
_LONG_ENOUGH = 30


def invented(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """…。应急演练27次。 Half of the numbers are those of some figure, of which the sentence does not speak."""
    for block in clean.text.blocks:
        text = clean.words((block.start, block.end))
        if block.kind != "paragraph" or len(text) < _LONG_ENOUGH or not text.endswith("。"):
            continue
        subject, sentence = dice.choice(_SENTENCES)
        if subject in clean.text.text or any(subject in word for f in clean.ledger for word in (f.label, f.subject)):
            continue
        number = _borrowed(clean, sentence, dice) or str(dice.randint(13, 980))
        said = sentence.format(number)
        mention = next((m for m in find_numbers(said) if m.is_quantity), None)
        if mention is not None:
            yield Mutant((Edit(block.end, block.end, said),), (((block.end - 1, block.end),),), ())


def _borrowed(clean: Clean, sentence: str, dice: Random) -> str:
    """The number of a figure of that unit, every other time."""
    unit = sentence.partition("{}")[2].rstrip("。")
    same = sorted({f.number() for f in clean.ledger if f.unit == unit and f.value and not f.upper})
    return dice.choice(same) if same and dice.random() < 0.5 else ""
