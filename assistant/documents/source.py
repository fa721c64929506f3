"""The bytes of a file that somebody handed in, and what they are, judged by themselves and not by the name."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from assistant.errors import InputError

MAX_BYTES = 50 * 1024 * 1024

Type = Literal["zip", "pdf", "ole", "locked", "rtf", "image", "text"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


def load(path: Path) -> bytes:
    """The whole file, which must be there, not be empty and not be too large."""
    if not path.exists():
        raise InputError(str(path), "没有这个文件", "请核对路径和文件名")
    if not path.is_file():
        what = "这是一个文件夹，不是文件" if path.is_dir() else "这不是普通文件"
        raise InputError(str(path), what, "请指定其中的一个 .docx、.pdf、.md 或 .txt 文件")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = f"打不开（{error.strerror or error}）"
        raise InputError(path.name, reason, "请检查读取权限，并关闭正在使用它的程序") from error
    if not data:
        raise InputError(path.name, "文件是空的（0 字节）", "请重新导出或重新上传完整的文件")
    if len(data) > MAX_BYTES:
        size = f"文件超过 {MAX_BYTES // 1024 // 1024} MB"
        raise InputError(path.name, size, "请压缩其中的图片，或拆成几个文件")
    return data


def type_of(data: bytes) -> Type:
    """What the bytes say they are; "text" if they carry no known mark."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(_OLE):
        return "locked" if _ENCRYPTED in data else "ole"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_IMAGES):
        return "image"
    return "pdf" if b"%PDF-" in data[:1024] else "text"


def refuse(name: str, kind: Type, wanted: str = "Word 文档", save_as: str = ".docx") -> InputError:
    """The error for a file of a type that cannot be read as the one that is wanted."""
    office = "Excel" if save_as == ".xlsx" else "Word"
    save = f"请用 {office} 或 WPS 打开它，另存为 {save_as} 后再试"
    reasons: dict[Type, tuple[str, str]] = {
        "zip": (f"不是 {wanted}，而是一个压缩包或别的办公文件", f"请解压后选择其中的文件，或{save[1:]}"),
        "pdf": (f"不是 {wanted}，内容是 PDF", save),
        "ole": ("这是旧版 Office 格式（.doc/.xls/.wps）", save),
        "locked": ("文件加了打开密码", f"请在 {office} 或 WPS 中取消密码，另存为 {save_as} 后再试"),
        "rtf": ("这是 RTF 格式", save),
        "image": ("这是一张图片，没有文字可读", "请先做文字识别（OCR），再以 .docx 或 .txt 提交"),
        "text": (f"不是 {wanted}，内容不符合 {save_as} 的格式", save),
    }
    return InputError(name, *reasons[kind])
