"""macOS: sends messages to Objective-C objects through the system's own library.

Written to Apple's documents and tested with a stand-in; it was not run on macOS.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Callable
from typing import Any


class ObjectiveC:
    """A few calls of libobjc; objects and selectors are plain addresses."""

    def __init__(self, library: Any = None) -> None:
        """``library`` stands in for libobjc in tests."""
        self._library = library or ctypes.CDLL(ctypes.util.find_library("objc"))
        for name in ("objc_getClass", "sel_registerName", "objc_allocateClassPair"):
            getattr(self._library, name).restype = ctypes.c_void_p
        self._kept: list[object] = []  # callbacks must live as long as the class made of them

    def class_named(self, name: str) -> int:
        """Return the class, 0 where the system has none of this name."""
        return int(self._library.objc_getClass(name.encode()) or 0)

    def send(self, receiver: int, selector: str, *values: int, result: Any = ctypes.c_void_p) -> Any:
        """Send a message whose values are addresses or whole numbers; return what comes back."""
        kinds = [ctypes.c_void_p] * (2 + len(values))
        function = ctypes.cast(self._library.objc_msgSend, ctypes.CFUNCTYPE(result, *kinds))
        return function(receiver, self.selector(selector), *values)

    def text(self, string: int) -> str:
        """Return the text of an NSString."""
        content = self.send(string, "UTF8String", result=ctypes.c_char_p)
        return content.decode() if content else ""

    def string(self, text: str) -> int:
        """Return an NSString."""
        buffer = ctypes.create_string_buffer(text.encode())
        made = self.send(self.class_named("NSString"), "stringWithUTF8String:", ctypes.addressof(buffer))
        return int(made or 0)

    def listener(self, class_name: str, selector: str, told: Callable[[int], None]) -> int:
        """Return a new object that calls ``told`` with the one value of each message ``selector`` it is sent."""
        kind = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
        callback = kind(lambda _own, _selector, value: told(int(value or 0)))
        self._kept.append(callback)
        parent = ctypes.c_void_p(self.class_named("NSObject"))
        made = ctypes.c_void_p(self._library.objc_allocateClassPair(parent, class_name.encode(), 0))
        self._library.class_addMethod(made, ctypes.c_void_p(self.selector(selector)), callback, b"v@:@")
        self._library.objc_registerClassPair(made)
        return int(self.send(int(made.value or 0), "new") or 0)

    def selector(self, name: str) -> int:
        """Return the address of a selector."""
        return int(self._library.sel_registerName(name.encode()) or 0)
