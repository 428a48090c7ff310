"""Reads a text and gives back a summary, keywords, the language and counts, by plain statistics of its words.

It needs no network and no model. It stands where a call of a language model could stand, and takes the same `prompt`.
"""

from __future__ import annotations

import json
import math
import re
import sys
import unicodedata
from collections import Counter
from heapq import nlargest
from typing import Any, Dict, FrozenSet, List

MOST_SUMMARY_SENTENCES = 50
LONGEST_SENTENCE = 500
LONGEST_KEYWORD = 40
LONGEST_PROMPT_RETURNED = 1000
KEYWORDS_RETURNED = 10
SAMPLE_FOR_LANGUAGE = 20000
WORDS_READ_A_MINUTE = 220
WEIGHT_OF_PROMPT_WORDS = 3.0

# Python's \w leaves out the marks that many scripts write vowels with, and would cut their words to pieces.
MARKS = "\u200c\u200d" + "".join(
    chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
# Chinese and Japanese put no spaces between words; each of their characters counts as one.
WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\W_][\\w" + MARKS + "]*(?:['’]\\w+)*")
SENTENCE_END = re.compile("(?<=[.!?…])\\s+|(?<=[.!?…][\"'”»)\\]])\\s+|(?<=[。！？।])|\\n\\s*\\n")

SCRIPTS = {
    "ja": "[\u3040-\u30ff]", "zh": "[\u3400-\u9fff]", "ko": "[\uac00-\ud7af]", "ru": "[\u0400-\u04ff]",
    "el": "[\u0370-\u03ff]", "ar": "[\u0600-\u06ff]", "he": "[\u0590-\u05ff]", "hi": "[\u0900-\u097f]",
    "th": "[\u0e00-\u0e7f]",
}

# The words that a language cannot do without: they tell which language it is, and nothing about the text.
SMALL_WORDS = {language: frozenset(words.split()) for language, words in {
    "en": "the of and a an to in is are was were be been it its that this these those for on with as at by from or not"
          " but have has had you he she they we i his her their our will would can could which who what there than then"
          " so if no do does did about into over more some such only also when where how all any each",
    "de": "der die das den dem des und ein eine einen einem einer ist sind war waren wird werden nicht mit sich auf für"
          " im in zu von es sie er wir ich ihr an als auch bei aus nach wie oder aber dass daß um noch nur so wenn hat"
          " haben kann über vor durch man zum zur mehr",
    "fr": "le la les un une des du de et est sont était dans en que qui ne pas pour par sur avec au aux ce cette ces il"
          " elle ils elles nous vous je se sa son ses leur plus ou mais comme été être avoir ont à y dont",
    "es": "el la los las un una unos unas de del y es son era en que no se por para con su sus al lo como más pero o le"
          " les este esta ha han fue ser muy ya también me mi sin sobre entre cuando",
    "it": "il lo la i gli le un uno una di del della dei delle e è sono era in che non si per con su al alla da dal"
          " dalla come più ma o anche ha hanno essere questo questa nel nella ci mi ne se",
    "pt": "o a os as um uma uns umas de do da dos das e é são era em no na nos nas que não se por para com seu sua ao à"
          " como mais mas ou foi ser também já muito há pelo pela",
    "nl": "de het een en van is zijn was waren in op te dat die niet met voor aan er om ook als maar bij uit naar door"
          " over ze hij wij ik je haar hun dan nog wel of heeft hebben worden wordt kan",
    "ru": "и в не на я что он с это как а то она они мы вы по но из у за от так же для был была было были бы к о",
    "zh": "的 了 是 在 不 和 有 也 就 都 而 及 与 着 这 那 我 你 他 她 们 个 一",
    "ja": " ".join(chr(code) for code in range(0x3041, 0x3097)) + " ー",
}.items()}


def process(prompt: Any = "", text: Any = "", sentences: Any = 3) -> Dict[str, Any]:
    """Summarises `text` in so many `sentences`, with an eye on what `prompt` is about; without a text, the prompt itself."""
    prompt, text = readable(prompt), readable(text)
    has_text = bool(text.strip())
    content = text if has_text else prompt
    pieces = split_sentences(content)
    counts = Counter(word for piece in pieces for word in words_of(piece))
    language = guess_language(content, counts)
    weights = weigh(counts, SMALL_WORDS.get(language, frozenset()), prompt if has_text else "")
    total = sum(counts.values())
    print("Read {} in {} (language: {})".format(counted(total, "word"), counted(len(pieces), "sentence"), language), flush=True)
    return {
        "prompt": shortened(prompt, LONGEST_PROMPT_RETURNED),
        "summary": summarise(pieces, weights, at_most(sentences)),
        "keywords": nlargest(KEYWORDS_RETURNED, (word for word in weights if len(word) <= LONGEST_KEYWORD), key=weights.__getitem__),
        "language": language,
        "words": total,
        "different_words": len(counts),
        "sentences": len(pieces),
        "characters": len(content),
        "reading_minutes": round(total / WORDS_READ_A_MINUTE, 1),
    }


def counted(number: int, noun: str) -> str:
    return "{} {}{}".format(number, noun, "" if number == 1 else "s")


def readable(value: Any) -> str:
    """Whatever JSON can hold, as text. Halves of characters, which JSON can hold too, become question marks."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text.encode("utf-8", "replace").decode("utf-8")


def at_most(sentences: Any) -> int:
    try:
        wanted = int(sentences)
    except (TypeError, ValueError, OverflowError):
        raise ValueError("sentences must be a number, not {!r}".format(sentences)) from None
    return max(1, min(wanted, MOST_SUMMARY_SENTENCES))


def split_sentences(text: str) -> List[str]:
    """Pieces that hold at least one word. What has no end, such as a table, is cut into handy lengths."""
    pieces = (" ".join(piece[start:start + LONGEST_SENTENCE].split())
              for piece in SENTENCE_END.split(text)
              for start in range(0, len(piece), LONGEST_SENTENCE))
    return [piece for piece in pieces if WORD.search(piece)]


def words_of(piece: str) -> List[str]:
    return WORD.findall(piece.lower())


def guess_language(text: str, counts: Counter[str]) -> str:
    """By the script where it tells, else by the small words; "unknown" is an answer too."""
    sample = text[:SAMPLE_FOR_LANGUAGE]
    letters = sum(character.isalpha() for character in sample)
    in_script = {language: len(re.findall(script, sample)) for language, script in SCRIPTS.items()}
    if in_script["ja"] * 10 > letters:  # Japanese mixes its own letters with Chinese ones.
        return "ja"
    language = max(in_script, key=in_script.__getitem__)
    if in_script[language] * 2 > letters:
        return language
    hits = {language: sum(counts[word] for word in words) for language, words in SMALL_WORDS.items()}
    language = max(hits, key=hits.__getitem__)
    return language if hits[language] * 10 >= sum(counts.values()) and hits[language] > 1 else "unknown"


def weigh(counts: Counter[str], small_words: FrozenSet[str], prompt: str) -> Dict[str, float]:
    """How much each word says about the text: often is more, but ten times is not ten times as much."""
    asked_for = set(words_of(prompt))
    return {
        word: math.log(1 + count) * (WEIGHT_OF_PROMPT_WORDS if word in asked_for else 1.0)
        for word, count in counts.items()
        if word not in small_words and (len(word) > 2 or not word.isascii()) and not word.isdigit()
    }


def summarise(pieces: List[str], weights: Dict[str, float], wanted: int) -> str:
    """The sentences that say most, in the order they stand in."""
    best = nlargest(wanted, range(len(pieces)), key=lambda place: (worth(pieces[place], weights), -place))
    return " ".join(pieces[place] for place in sorted(best))


def worth(piece: str, weights: Dict[str, float]) -> float:
    """The root keeps long sentences from winning by length alone, and short ones by brevity."""
    words = words_of(piece)
    return sum(weights.get(word, 0.0) for word in set(words)) / math.sqrt(len(words) + 3)


def shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length] + "…"


if __name__ == "__main__":
    given = " ".join(sys.argv[1:]) or sys.stdin.buffer.read().decode("utf-8", "replace")
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    print(json.dumps(process(text=given), ensure_ascii=False, indent=2))
