#!/usr/bin/env python3
"""Translates the conformance tests of cel-spec into conformance.jsonl.

usage: conformance.py DIR > conformance.jsonl    (DIR: tests/simple/testdata of https://github.com/google/cel-spec)

A line is {"name", "expr", "bind": {name: value}, "value": value} or has "error": true instead of "value". A value is
{type: content}. What is left out goes to standard error, with the reason.
"""

import base64
import collections
import json
import re
import sys

FILES = "basic comparisons conversions fields fp_math integer_math lists logic macros parse string string_ext timestamps".split()

# Sections of what AIOS does not have.
SECTIONS = {
    "string_ext/quote": "strings.quote",
    "string_ext/format": "string.format",
    "string_ext/format_errors": "string.format",
    "fields/qualified_identifier_resolution": "names with dots",
}

MESSAGE = re.compile(r"TestAllTypes|google\.protobuf\.(?!Timestamp\b|Duration\b)|cel\.expr\.|\bproto[23]|NestedTest|GlobalEnum")

TOKEN = re.compile(
    r"""\s+|\#[^\n]*|(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?P<word>[-+]?[\w.]+(?:[-+]\d+)?)|(?P<type>\[[\w./]+\])|(?P<sign>[{}:,\[\]<>;])""",
    re.S,
)

SIMPLE = {"n": 10, "r": 13, "t": 9, "a": 7, "b": 8, "f": 12, "v": 11, "\\": 92, "'": 39, '"': 34, "?": 63}


def unescape(quoted):
    """The bytes of a string of the text format."""
    made = bytearray()
    text = quoted[1:-1]
    at = 0
    while at < len(text):
        if text[at] != "\\":
            made += text[at].encode()
            at += 1
            continue
        letter = text[at + 1]
        at += 2
        if letter in SIMPLE:
            made.append(SIMPLE[letter])
        elif letter in "xX":
            digits = re.match(r"[0-9a-fA-F]{1,2}", text[at:])[0]
            made.append(int(digits, 16))
            at += len(digits)
        elif letter in "uU":
            length = 4 if letter == "u" else 8
            made += chr(int(text[at : at + length], 16)).encode()
            at += length
        else:
            digits = re.match(r"[0-7]{1,3}", text[at - 1 :])[0]
            made.append(int(digits, 8))
            at += len(digits) - 1
    return bytes(made)


def tokens(text):
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise SystemExit(f"cannot read {text[at:at + 40]!r}")
        at = match.end()
        if match.lastgroup:
            yield match.lastgroup, match[0]


class Reader:
    def __init__(self, text):
        self.tokens = list(tokens(text)) + [("end", "")]
        self.at = 0

    def next(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def peek(self):
        return self.tokens[self.at]

    def message(self, close):
        fields = []
        while self.peek()[1] != close:
            kind, name = self.next()
            if self.peek()[1] == ":":
                self.next()
            fields.append((name, self.value()))
            if self.peek()[1] in (",", ";"):
                self.next()
        self.next()
        return fields

    def value(self):
        kind, text = self.next()
        if text == "{":
            return self.message("}")
        if kind == "string":
            made = unescape(text)
            while self.peek()[0] == "string":
                made += unescape(self.next()[1])
            return made
        if text == "[":
            items = []
            while self.peek()[1] != "]":
                items.append(self.value())
                if self.peek()[1] == ",":
                    self.next()
            self.next()
            return items
        return text


class LeftOut(Exception):
    pass


def one(fields, name):
    found = [value for key, value in fields if key == name]
    return found[0] if found else None


def number(text):
    value = float(text.rstrip("f") if text.lower() not in ("inf", "-inf") else text)
    return "NaN" if value != value else "Infinity" if value == float("inf") else "-Infinity" if value == -float("inf") else repr(value)


def value_of(fields):
    if not fields:
        raise LeftOut("no value")
    name, content = fields[0]
    if name == "int64_value":
        return {"int": content}
    if name == "uint64_value":
        return {"uint": content}
    if name == "double_value":
        return {"double": number(content)}
    if name == "bool_value":
        return {"bool": content == "true"}
    if name == "string_value":
        return {"string": content.decode()}
    if name == "bytes_value":
        return {"bytes": base64.b64encode(content).decode()}
    if name == "null_value":
        return {"null": True}
    if name == "type_value":
        return {"type": content.decode()}
    if name == "list_value":
        return {"list": [value_of(item) for key, item in content]}
    if name == "map_value":
        return {"map": [[value_of(one(entry, "key")), value_of(one(entry, "value"))] for key, entry in content]}
    if name == "object_value":
        kind, inner = content[0]
        parts = dict(inner)
        if kind == "[type.googleapis.com/google.protobuf.Duration]":
            return {"duration": str(int(parts.get("seconds", 0)) * 10**9 + int(parts.get("nanos", 0)))}
        if kind == "[type.googleapis.com/google.protobuf.Timestamp]":
            return {"timestamp": [parts.get("seconds", "0"), parts.get("nanos", "0")]}
        raise LeftOut("protobuf messages")
    if name == "enum_value":
        raise LeftOut("protobuf enums")
    raise SystemExit(f"unknown value {name}")


def case(file, section, test):
    if SECTIONS.get(f"{file}/{section}"):
        raise LeftOut(SECTIONS[f"{file}/{section}"])
    expression = one(test, "expr").decode()
    if MESSAGE.search(expression) or MESSAGE.search(str(test)):
        raise LeftOut("protobuf messages")
    if one(test, "container"):
        raise LeftOut("containers")
    made = {"name": f"{file}/{section}/{one(test, 'name').decode()}", "expr": expression}
    bindings = {}
    for name, binding in test:
        if name != "bindings":
            continue
        key = one(binding, "key").decode()
        if "." in key:
            raise LeftOut("names with dots")
        bindings[key] = value_of(one(one(binding, "value"), "value"))
    if bindings:
        made["bind"] = bindings
    if one(test, "eval_error") is not None:
        made["error"] = True
    else:
        value = one(test, "value")
        made["value"] = value_of(value) if value is not None else {"bool": True}
    return made


def main():
    left_out = collections.Counter()
    names = collections.Counter()
    for file in FILES:
        with open(f"{sys.argv[1]}/{file}.textproto", encoding="utf-8") as source:
            content = Reader(source.read()).message("")
        for key, section in content:
            if key != "section":
                continue
            for name, test in section:
                if name != "test":
                    continue
                try:
                    made = case(file, one(section, "name").decode(), test)
                    names[made["name"]] += 1
                    if names[made["name"]] > 1:
                        made["name"] += f"_{names[made['name']]}"
                    print(json.dumps(made, ensure_ascii=True))
                except LeftOut as reason:
                    left_out[f"{file}: {reason}"] += 1
    for reason, count in sorted(left_out.items()):
        print(f"{count:4} {reason}", file=sys.stderr)


main()
