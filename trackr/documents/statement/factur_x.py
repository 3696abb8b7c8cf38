"""Writes Factur-X in a process of its own: the library, with what it loads, takes half a second and 40 MB.

Run by its path: the business terms come in as JSON, the XML goes out, once it is valid by its schema.
"""

import json
import logging
import sys


def write(terms: dict[str, object]) -> bytes:
    """Raises an Exception of the library where the terms cannot be told, such as a currency that does not exist."""
    from facturx.generate_xml import generate_cii_xml

    logging.getLogger("factur-x").setLevel(logging.ERROR)
    made: bytes = generate_cii_xml(terms, level="en16931", check_xsd=True, check_schematron=False)
    return made


if __name__ == "__main__":
    sys.stdout.buffer.write(write(json.load(sys.stdin)))
