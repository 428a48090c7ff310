"""Writes a notice of AIOS into notices.txt. A program of yours in its place could do anything with it."""

import os
import time

line = "{} {}: {}".format(time.strftime("%Y-%m-%d %H:%M"), os.environ["AIOS_NOTICE_EVENT"], os.environ["AIOS_NOTICE_TEXT"])
with open("notices.txt", "a", encoding="utf-8") as notices:
    print(line, file=notices)
