"""What somebody has written in a mail, and what their mail program has put below: the mail answered, a signature.

Nothing is ever lost: where less than the whole is shown, the whole is kept beside it. Where an answer stands between
the lines of what it answers, all of it is shown. (The libraries for this drop such answers, take lists for signatures,
and know few of the French programs.)
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from trackr.mail.feet import without_feet

MOST_LINES = 5_000  # that are looked at
LONGEST_INTRODUCTION = 4  # lines
LONGEST_SIGNATURE = 15

_QUOTED = re.compile(r"\s{0,3}>")
# "On Friday, Sam Stone wrote:", "Le 14 mars 2026 à 10:05, Sam Stone <…> a écrit :", whatever stands between.
_ON_WROTE = re.compile(
    r"\W{0,3}(?:On\b.{5,400}\bwrote|Le\b.{5,400}\ba\s+[ée]crit)\s?:\s*",
    re.IGNORECASE,
)
_WROTE = re.compile(
    rf"{_ON_WROTE.pattern}|\W{{0,3}}(?:.{{3,200}}<[^<>\s]{{3,250}}>.{{0,100}}(?:wrote|a\s+[ée]crit)"
    r"|.{3,200}\bwrote on\b.{5,100}|.{3,80}\ba\s+[ée]crit\s+le\b.{5,100})\s?:\s*",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d{1,2}\s?[:h]\s?\d{2}|\d{4}|@|\d{1,2}/\d{1,2}")
_SEPARATOR = re.compile(
    r"\W*[-_*]{3,}\s?(?:Original Message|Message d.origine|Message original|Mail original|Reply message"
    r"|Message de réponse)\s?[-_*]{3,}\W*|\s*_{10,}\s*",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(r"\W*(?:original message|message d.origine|(?:message|mail) original)\W*", re.IGNORECASE)
_FORWARDED = re.compile(
    r"\W*(?:[-_]{3,}\s?(?:Forwarded message|Message transf[ée]r[ée])\s?[-_]{3,}"
    r"|Begin forwarded message\s?:|D[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])\s?:)\W*",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\W{0,4}(From|Sent|To|Cc|Date|Subject|Reply-To|De|Envoy[ée](?: le)?|À|A|Copie(?: à)?|Cc|Objet|Exp[ée]diteur"
    r"|Destinataires?|Date d.envoi)\W{0,3}\s?:\W{0,3}\s",
    re.IGNORECASE,
)
_FROM_FIELDS = {"from", "de", "expéditeur", "expediteur"}
_BELOW = re.compile(
    r"\b(?:ci[- ]dessous|ci[- ]après|dans (?:le|votre|ton) (?:texte|corps|mail|message)|en (?:rouge|bleu|vert|gras)"
    r"|see below|below in|in-?line|in (?:red|blue|green|bold)|answers? below|my comments)\b",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"\s{0,3}--\s?\s?$")
_QUOTED_SIGNATURE = re.compile(r"[\s>]*>\s?--\s*$")
_SENT_WITH = re.compile(
    r"\W{0,3}(?:Envoyé (?:de(?:puis)?|avec|à partir d[eu]|par|via)"
    r" (?:mon |ma |l.|la |le |Outlook|Yahoo|Proton|Orange|Mail|K-9|Gmail|SFR|Free)"
    r"|Sent (?:from|with|via|using) (?:my |the |an? |Outlook|Yahoo|Proton|Mail|K-9|Gmail|Android|iPhone|Samsung|Spark)"
    r"|(?:Get|Obtenez|Téléchargez|Télécharger) Outlook (?:for|pour)"
    r"|Provenance\s?: (?:Courrier|Mail)|Télécharg\w+ Orange Mail|Obtenir BlueMail|Get BlueMail"
    r"|(?:Please excuse|Veuillez excuser) (?:my|ma) br).{0,160}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Split:
    said: str
    whole: str  # all of it where `said` is less, else ""


def split(text: str, *, forwards: bool = False) -> Split:
    """What was written, apart from what is answered. A mail that forwards another one is shown with it."""
    whole = text.strip("\n").rstrip()
    lines = without_feet(whole.split("\n")[:MOST_LINES])
    if forwards or _forwarded_at(lines) is not None:
        said = _without_signature(lines) if not forwards else lines
    else:
        said = _said(lines)
    shown = "\n".join(said).strip("\n").rstrip()
    return Split(shown, whole if shown != whole else "")


def _forwarded_at(lines: Sequence[str]) -> int | None:
    return next((at for at, line in enumerate(lines) if _FORWARDED.fullmatch(line)), None)


def _said(lines: list[str]) -> list[str]:
    at, end = _introduction(lines)
    above = lines[:at]
    if at == len(lines):
        return _without_signature(lines)
    rest = lines[end:]
    first = next((line for line in rest if line.strip()), "")
    if not _QUOTED.match(first):  # a program that marks no lines: all that follows is the mail answered
        return lines if _BELOW.search("\n".join(above)) else _without_signature(_without_rule(above))
    below = _answers_below(rest)
    if below is None:
        return _without_signature(above)
    quoted, answers = below
    if not any(line.strip() for line in above) and not any(_QUOTED.match(line) for line in answers):
        return _without_signature(answers)  # all of the answer stands below all of what it answers
    return _without_end(above + lines[at:end] * bool(quoted) + rest)


def _introduction(lines: Sequence[str]) -> tuple[int, int]:
    """Where what is answered begins, with the words that introduce it, and where those end: (at, end)."""
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        end = _introduced(lines, at)
        if end:
            return at, end
        if _QUOTED.match(line):
            return at, at
    return len(lines), len(lines)


def _introduced(lines: Sequence[str], at: int) -> int:
    """The line after an introduction that begins here, 0 where none does."""
    line = lines[at]
    if (_SEPARATOR.fullmatch(line) or _ORIGINAL.fullmatch(line)) and _next_words(lines, at + 1):
        fields = _fields(lines, _skip_blank(lines, at + 1))
        if fields:
            return fields
        return at + 1 if line.strip(" _") and not _ORIGINAL.fullmatch(line) else 0
    if fields := _fields(lines, at):
        return fields
    for count in range(1, LONGEST_INTRODUCTION + 1):
        part = lines[at : at + count]
        words = " ".join(line.strip().lstrip("> ") for line in part)
        if len(words) > 500 or not part[-1].strip("> "):
            return 0
        pattern = _ON_WROTE if count > 1 else _WROTE
        if words.rstrip().endswith(":") and pattern.fullmatch(words) and _is_introduction(lines, at + count, words):
            return at + count
    return 0


def _is_introduction(lines: Sequence[str], end: int, words: str) -> bool:
    """What is quoted follows, and a date, a time or an address is in it: "On Monday they wrote:" may be a sentence."""
    return bool(_DATED.search(words)) and bool(_next_words(lines, end))


def _fields(lines: Sequence[str], at: int) -> int:
    """The line after a head such as Outlook writes (From, Sent, To, Subject), 0 where there is none."""
    named: list[str] = []
    end = at
    while end < len(lines) and len(named) < 8:
        found = _FIELD.match(f"{lines[end]} ")
        if found:
            named.append(found[1].lower())
        elif not named or not lines[end].strip() or not (_longer_field(lines, end) or named[-1:] in (["to"], ["à"])):
            break
        end += 1
    if len(named) >= 3 and (named[0] in _FROM_FIELDS or set(named[:3]) & _FROM_FIELDS):
        return end
    # Orange and others: "> Message du 14/03/26 10:05" before "> De : …".
    if at + 1 < len(lines) and re.match(r">?\s?Message du \d", lines[at]):
        return _fields(lines, at + 1)
    return 0


def _longer_field(lines: Sequence[str], at: int) -> bool:
    """Whether a line goes on with the field before it: the next one is a field again."""
    return at + 1 < len(lines) and bool(_FIELD.match(f"{lines[at + 1]} ")) and "@" in lines[at]


def _skip_blank(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip("> "):
        at += 1
    return at


def _next_words(lines: Sequence[str], at: int) -> bool:
    return _skip_blank(lines, at) < len(lines)


def _answers_below(rest: list[str]) -> tuple[list[str], list[str]] | None:
    """What is quoted first, and all from the first line below it that is not; None where nothing is."""
    end = next((at for at, line in enumerate(rest) if line.strip() and not _QUOTED.match(line)), None)
    while end is not None and _is_broken_quote(rest, end):
        end = next((at for at in range(end + 1, len(rest)) if rest[at].strip() and not _QUOTED.match(rest[at])), None)
    if end is None or not any(line.strip() for line in _without_signature(rest[end:])):
        return None
    return rest[:end], rest[end:]


def _is_broken_quote(lines: Sequence[str], at: int) -> bool:
    """A word or two that fell out of a quotation when its lines were broken once more."""
    within = at > 0 and at + 1 < len(lines) and _QUOTED.match(lines[at - 1]) and _QUOTED.match(lines[at + 1])
    return bool(within) and len(lines[at]) < 20 and len(lines[at - 1]) > 68


def _without_end(lines: list[str]) -> list[str]:
    """Without the signature, those that are quoted, and what is quoted after the last answer.

    At the foot of our own mails stands what their reader may know, and not every reader of the answer.
    """
    lines = _without_quoted_feet(_without_signature(lines))
    while lines and (not lines[-1].strip() or _QUOTED.match(lines[-1])):
        lines.pop()
    return lines


def _without_quoted_feet(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    is_foot = False
    for line in lines:
        is_foot = bool(_QUOTED.match(line)) and (is_foot or bool(_QUOTED_SIGNATURE.match(line)))
        kept += [] if is_foot else [line]
    return kept


def _without_signature(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    at = next((at for at, line in enumerate(kept) if _SIGNATURE.match(line) and _is_last(kept, at)), None)
    if at is not None:
        kept = kept[:at]
    is_end: Callable[[str], bool] = lambda line: not line.strip() or bool(_SENT_WITH.match(line))  # noqa: E731
    while kept and is_end(kept[-1]):
        kept.pop()
    return kept


def _is_last(lines: Sequence[str], at: int) -> bool:
    """Whether no more than a signature follows: a line of two dashes may separate thoughts too."""
    after = list(islice((line for line in lines[at + 1 : at + 40] if line.strip()), LONGEST_SIGNATURE + 1))
    return len(after) <= LONGEST_SIGNATURE and len(lines) <= at + 40 and not any(map(_QUOTED.match, after))


def _without_rule(lines: Sequence[str]) -> list[str]:
    """Without the line that a program draws between an answer and what it answers."""
    kept = list(lines)
    while kept and not kept[-1].strip(" _-"):
        kept.pop()
    return kept
