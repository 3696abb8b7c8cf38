"""Passwords that everybody would try first: long enough, and worth nothing all the same.

Those that most people chose, where passwords came to light, are in a list. No list is long enough, so a password is
taken apart as well: what is left after its common words, names, runs of keys and repetitions must still be something
that somebody has to guess.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

LISTED = Path(__file__).with_name("common_passwords.bin")  # see vendor.toml beside it
DIGEST_BYTES = 6

LEAST_LEFT = 4  # characters that are none of these

# Of the lists of what people choose, what twelve characters and more are put together from; in both languages.
WORDS = (
    "abc", "admin", "administrateur", "administrator", "agence", "agency", "amour", "and", "aout", "april",
    "august", "automne", "autumn", "avril", "azerty", "baseball", "basketball", "batman", "bienvenue", "bonjour",
    "changeme", "changezmoi", "chocolat", "chocolate", "client", "company", "computer", "customer", "december",
    "decembre", "default", "dimanche", "doudou", "dragon", "entreprise", "est", "famille", "family", "february",
    "fevrier", "football", "france", "freedom", "friday", "guest", "harley", "hello", "heures", "hiver", "hours",
    "hunter", "iloveyou", "internet", "january", "janvier", "jennifer", "jetaime", "jeudi", "jordan", "juillet",
    "juin", "july", "june", "letmein", "liberte", "liberty", "login", "london", "loulou", "love", "lundi", "march",
    "mardi", "mars", "marseille", "master", "mdp", "mercredi", "michael", "mon", "monday", "monkey", "motdepasse",
    "my123", "november", "novembre", "october", "octobre", "ordinateur", "paris", "pass", "passe", "password",
    "passwort", "pokemon", "princess", "princesse", "printemps", "qwerty", "qwertz", "root", "samedi", "saturday",
    "secret", "september", "septembre", "shadow", "societe", "soleil", "spring", "summer", "sunday", "sunshine",
    "superman", "support", "temporaire", "temporary", "test", "the", "this", "thursday", "ticket", "tickets",
    "tracker", "trackr", "trustno", "trustnoone", "tuesday", "uiop", "user", "vendredi", "wednesday", "welcome",
    "whatever", "winter", "word",
)  # fmt: skip

# Keys that lie beside each other, and letters and digits in their order, forwards and backwards.
RUNS = (
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertzuiop", "yxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p", "1a2z3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm",
    "abcdefghijklmnopqrstuvwxyz", "01234567890", "a1b2c3d4e5f6g7h8i9",
)  # fmt: skip
SHORTEST_RUN = 3

LEET = str.maketrans("@4380$5!7", "aaeoossit")
ACCENTS = str.maketrans("àâäçéèêëîïôöùûü", "aaaceeeeiioouuu")


def is_common(password: str, names: Iterable[str] = ()) -> bool:
    """Whether it is among those that most people chose, or made of what everybody would try: common words, `names` (of
    the person, the agency), runs, years, or one short thing over and over.
    """
    if _is_listed(password):
        return True
    plain = re.sub(r"[\s_.,;:/+*#&'\"!?-]", "", password.lower().translate(ACCENTS))
    own = (part for name in names for part in re.split(r"[^\w]+", name.lower().translate(ACCENTS)) if len(part) > 2)
    words = sorted({*WORDS, *own}, key=len, reverse=True)
    return any(_left(text, words) < LEAST_LEFT for text in {plain, plain.translate(LEET)})


def _is_listed(password: str) -> bool:
    # Read each time: a password is chosen rarely, and memory is of a hundred instances.
    digests = LISTED.read_bytes()
    digest = sha256(password.lower().encode(errors="surrogatepass")).digest()[:DIGEST_BYTES]

    def at(place: int) -> bytes:
        return digests[place * DIGEST_BYTES : (place + 1) * DIGEST_BYTES]

    return at(bisect_left(range(len(digests) // DIGEST_BYTES), digest, key=at)) == digest


def _left(text: str, words: list[str]) -> int:
    """How many characters of it nobody would expect."""
    unit = re.fullmatch(r"(.+?)\1+", text)
    text = unit[1] if unit else text
    text = re.sub(r"(.)\1{2,}", r"\1", text)
    for word in words:
        text = text.replace(word, " ")
    text = "".join(_without_runs(part) for part in text.split())
    return len(re.sub(r"(?:19|20)\d\d|\d{1,3}(?!\d)|\W", "", text))


def _without_runs(text: str) -> str:
    for run in RUNS:
        for keys in (run, run[::-1]):
            text = _without(text, keys)
    return text


def _without(text: str, keys: str) -> str:
    """The text without pieces of these keys, the longest first."""
    for length in range(min(len(keys), len(text)), SHORTEST_RUN - 1, -1):
        for start in range(len(keys) - length + 1):
            text = text.replace(keys[start : start + length], " ")
    return text.replace(" ", "")
