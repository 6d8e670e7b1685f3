"""Sends every writable page of this process down a line; the system copies, so no copy stays behind."""

from __future__ import annotations

import ctypes
import os
import socket


def send_memory(line: socket.socket) -> None:
    with open("/proc/self/maps") as maps:  # noqa: PTH123 - not a path of ours
        areas = [each.split() for each in maps]
    for area in areas:
        if "w" not in area[1] or "r" not in area[1]:
            continue
        begin, end = (int(number, 16) for number in area[0].split("-"))
        while begin < end:
            size = min(1 << 20, end - begin)
            try:
                sent = os.write(line.fileno(), (ctypes.c_char * size).from_address(begin))
            except OSError:  # gone meanwhile, or never there
                break
            begin += sent
