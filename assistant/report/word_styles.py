"""The look of the report file: the page, the fonts, the styles of GB/T 9704, and runs of text in them."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.patterns import regex

BODY: Final = "仿宋_GB2312"
LEAD: Final = "楷体_GB2312"
HEAD: Final = "黑体"
TITLE: Final = "方正小标宋简体"
NUMBER: Final = "宋体"
HEADING_FONTS: Final = (HEAD, LEAD, BODY, BODY, BODY)

# Twentieths of a point. The text block is 156 × 225 mm: 28 characters of 16 pt (less 0.25 pt each) and 22 lines of 28.95 pt.
PAGE_WIDTH: Final = 11906
PAGE_HEIGHT: Final = 16838
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1587, 1474
LINE: Final = 579
TEXT_WIDTH: Final = PAGE_WIDTH - LEFT - RIGHT
TEXT_HEIGHT: Final = PAGE_HEIGHT - TOP - BOTTOM
ACROSS_WIDTH: Final = PAGE_HEIGHT - TOP - BOTTOM
ACROSS_HEIGHT: Final = PAGE_WIDTH - LEFT - RIGHT
FOOTER: Final = 1304
FOOTER_ACROSS: Final = 794

_BREAKS: Final = regex(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_ILLEGAL: Final = regex("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OPEN_POINT: Final = regex(r"(【待补[^】]*】)")


def clean(text: str) -> str:
    """The text without what XML cannot carry; a tab becomes a space, for a tab parts cells when the file is read back."""
    return _ILLEGAL.sub("", text.replace("\t", " "))


def lines(text: str) -> list[str]:
    """The text cut at its line breaks, each piece clean; at least one piece."""
    return [clean(piece) for piece in _BREAKS.split(text)]


def one_line(text: str) -> str:
    """The clean text with its line breaks taken out."""
    return "".join(lines(text))


def fonts(name: str) -> str:
    """One face for Latin and Chinese alike, as official documents have it; the hint keeps “ ” — … from turning Latin."""
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def run(text: str, font: str, marks: str = "") -> str:
    """One run of clean text. `marks` are further run properties."""
    return f'<w:r><w:rPr>{fonts(font)}{marks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def runs(text: str, font: str) -> str:
    """Clean text as runs, with 【待补：…】 on yellow."""
    if "【待补" not in text:
        return run(text, font) if text else ""
    pieces = enumerate(_OPEN_POINT.split(text))
    return "".join(
        run(piece, font, '<w:highlight w:val="yellow"/>' if odd % 2 else "") for odd, piece in pieces if piece
    )


def paragraph(style: str, inside: str, properties: str = "") -> str:
    """A paragraph of runs that are XML already; every paragraph has its w:pPr, where a section break can go."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'


def field(code: str, font: str, shown: str = "") -> str:
    """A field, each of its marks in a run of its own; `shown` is what it says until somebody updates it."""
    face = f"<w:rPr>{fonts(font)}</w:rPr>"
    result = f'<w:r>{face}<w:fldChar w:fldCharType="separate"/></w:r>{run(shown, font)}' if shown else ""
    return (
        f'<w:r>{face}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{face}<w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'{result}<w:r>{face}<w:fldChar w:fldCharType="end"/></w:r>'
    )


_INDENT: Final = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_EXACT: Final = f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/>'
# A single line of 10.5 pt as Word sets a Chinese face (1.3 sizes), but as a distance of its own: with any other face installed, a table
# keeps its height, and what follows it its page.
_TABLE: Final = '<w:spacing w:before="0" w:after="0" w:line="273" w:lineRule="exact"/>'
_SINGLE: Final = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'


def _style(
    name: str,
    font: str,
    half_points: int,
    paragraph_properties: str,
    *,
    identity: str = "",
    based: str = "Normal",
    follows: str = "",
    tight: bool = False,
    rank: int = 0,
) -> str:
    spacing = f'<w:spacing w:val="{-5 if tight else 0}"/>'
    kind = (
        ' w:default="1"' if name == "Normal" else ' w:customStyle="1"' if name.startswith(("Cover ", "Table ")) else ""
    )
    identity = identity or name.replace(" ", "")
    parent = "" if name == "Normal" else f'<w:basedOn w:val="{based}"/>'
    after = f'<w:next w:val="{follows}"/>' if follows else ""
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{identity}"><w:name w:val="{name}"/>{parent}{after}'
        f'<w:uiPriority w:val="{rank}"/><w:qFormat/><w:pPr>{paragraph_properties}</w:pPr>'
        f'<w:rPr>{fonts(font)}<w:b w:val="0"/><w:bCs w:val="0"/><w:i w:val="0"/><w:color w:val="000000"/>{spacing}'
        f'<w:kern w:val="0"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>'
    )


def _styles() -> str:
    heading = "<w:keepNext/>" + _EXACT + _INDENT + '<w:jc w:val="both"/><w:outlineLvl w:val="{}"/>'
    entry = (
        f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>{_EXACT}'
        '<w:ind w:leftChars="{0}00" w:left="{1}"/><w:jc w:val="left"/>'
    )
    wide = '<w:spacing w:before="0" w:after="0" w:line="{}" w:lineRule="exact"/><w:jc w:val="center"/>'
    paragraphs = [
        _style("Normal", BODY, 32, f'<w:widowControl w:val="0"/>{_EXACT}<w:jc w:val="both"/>', tight=True),
        _style("Body Text", BODY, 32, _INDENT, tight=True, rank=1),
        *(
            _style(f"heading {level}", font, 32, heading.format(level - 1), identity=f"Heading{level}", follows="BodyText", tight=True, rank=9)
            for level, font in enumerate(HEADING_FONTS, 1)
        ),
        _style("Title", TITLE, 44, "<w:keepNext/>" + wide.format(660), follows="BodyText", rank=10),
        _style("Cover Title", TITLE, 52, wide.format(900), based="Title", rank=20),
        _style("Cover Text", BODY, 32, '<w:ind w:firstLine="0"/><w:jc w:val="center"/>', rank=20),
        _style("TOC Heading", TITLE, 44, wide.format(1158), follows="Normal", rank=39),
        *(
            _style(f"toc {level}", BODY, 32, entry.format(level - 1, 320 * (level - 1)), identity=f"TOC{level}", tight=True, rank=39)
            for level in range(1, 5)
        ),
        _style(
            "caption", HEAD, 24, '<w:keepNext/><w:spacing w:before="120" w:after="60" w:line="312" w:lineRule="exact"/><w:jc w:val="center"/>',
            identity="Caption", rank=35,
        ),
        _style("Table Text", BODY, 21, _TABLE + '<w:jc w:val="center"/>', rank=21),
        _style("Table Head", HEAD, 21, _TABLE + '<w:jc w:val="center"/>', rank=21),
        _style("Table Unit", BODY, 21, "<w:keepNext/>" + _TABLE + '<w:jc w:val="right"/>', rank=21),
        _style("Table Note", BODY, 21, _TABLE + '<w:jc w:val="both"/>', rank=21),
        _style("footer", NUMBER, 28, _SINGLE + '<w:jc w:val="right"/>', identity="Footer", rank=99),
    ]  # fmt: skip
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    cells = '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
    return (
        f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(BODY)}"
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        + "".join(paragraphs)
        + '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        f'<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{cells}</w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f'<w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>{border}</w:tblBorders></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        "</w:styles>"
    )


def _settings() -> str:
    word = 'w:uri="http://schemas.microsoft.com/office/word"'
    switches = (
        "overrideTableStyleFontSizeAndJustification",
        "enableOpenTypeFeatures",
        "doNotFlipMirrorIndents",
        "differentiateMultirowTableHeaders",
    )
    return (
        f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
        '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" {word} w:val="15"/>'
        + "".join(f'<w:compatSetting w:name="{name}" {word} w:val="1"/>' for name in switches)
        + '</w:compat><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def dress(file: WordFile) -> None:
    """Put these styles and settings in the place of python-docx's own, theme fonts and all."""
    for element, xml in ((file.styles.element, _styles()), (file.settings.element, _settings())):
        for child in list(element):
            element.remove(child)
        for child in list(parse_xml(xml)):
            element.append(child)


def font_table() -> bytes:
    """Which face stands in where an official one is not installed."""
    pairs = ((BODY, "仿宋"), (LEAD, "楷体"), (HEAD, "SimHei"), (TITLE, "宋体"), (NUMBER, "SimSun"))
    faces = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        '<w:pitch w:val="default"/></w:font>'
        for name, other in pairs
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{faces}</w:fonts>'.encode()
