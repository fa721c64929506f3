"""The command line: one thin function per command; heavy imports happen inside them."""

from assistant.cli.app import main

__all__ = ["main"]
