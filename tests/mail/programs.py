"""How mail programs write an answer: each a function that takes what was said and gives the parts of a raw mail.

They answer the mail of Sam below. Plain and HTML are as the programs make them, down to their classes and rules.
"""

from collections.abc import Callable
from email.message import EmailMessage
from html import escape

ASKED = ["Bonjour Claire,", "", "Which date do you mean?", "The form is back online.", "", "Sam"]
WHO, ADDRESS, SUBJECT = "Sam Stone", "tickets@cobalt.example", "[Intranet #1] The form loses the date"
CLAIRE = "Claire Clement <claire@town.example>"


def mail(
    plain: str = "", html: str = "", *, subject: str = f"Re: {SUBJECT}", flowed: bool = False, **more: str
) -> bytes:
    """The raw mail: plain, HTML, or both as alternatives."""
    message = EmailMessage()
    heads = {"From": CLAIRE, "To": ADDRESS, "Subject": subject, "Message-ID": "<a1@town.example>"}
    heads["Date"] = "Sat, 14 Mar 2026 16:00:00 +0100"
    for name, value in (heads | {name.replace("_", "-"): value for name, value in more.items()}).items():
        message[name] = value
    if plain or not html:
        message.set_content(plain, params={"format": "flowed"} if flowed else {})
        if html:
            message.add_alternative(html, subtype="html")
    else:
        message.set_content(html, subtype="html")
    return message.as_bytes()


def marked(lines: list[str] = ASKED) -> str:
    return "\n".join(f"> {line}".rstrip() for line in lines)


def paragraphs(said: str, tag: str = "div") -> str:
    return "".join(f"<{tag}>{escape(line) or '<br>'}</{tag}>" for line in said.split("\n"))


def broken(said: str) -> str:
    return "<br>\n".join(escape(line) for line in said.split("\n"))


def gmail(said: str, french: bool, plain: bool) -> bytes:
    when = (
        f"Le sam. 14 mars 2026 à 10:05, {WHO} <{ADDRESS}> a\nécrit :"
        if french
        else f"On Sat, Mar 14, 2026 at 10:05 AM {WHO} <{ADDRESS}> wrote:"
    )
    html = (
        f'<div dir="ltr">{paragraphs(said)}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" '
        f'class="gmail_attr">{escape(when)}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;'
        f'border-left:1px solid rgb(204,204,204);padding-left:1ex">{paragraphs(chr(10).join(ASKED))}</blockquote></div>'
    )
    return mail(f"{said}\n\n{when}\n\n{marked()}\n" if plain else "", html)


def outlook_2003(said: str, french: bool, plain: bool) -> bytes:
    heads = (
        f"-----Message d'origine-----\nDe : {WHO} [mailto:{ADDRESS}] \nEnvoyé : samedi 14 mars 2026 10:05\n"
        f"À : Claire Clement\nObjet : {SUBJECT}"
        if french
        else f"-----Original Message-----\nFrom: {WHO} [mailto:{ADDRESS}] \nSent: Saturday, March 14, 2026 10:05 AM\n"
        f"To: Claire Clement\nSubject: {SUBJECT}"
    )
    text = "\n".join([said, "", heads, "", *ASKED])
    html = "<HTML><BODY>" + "<BR>\n".join(escape(line) for line in text.split("\n")) + "</BODY></HTML>"
    return mail(text if plain else "", "" if plain else html)


def outlook_2016(said: str, french: bool, plain: bool) -> bytes:
    names = ("De", "Envoyé", "À", "Objet") if french else ("From", "Sent", "To", "Subject")
    space, day = (" ", "samedi 14 mars 2026 10:05") if french else ("", "Saturday, March 14, 2026 10:05 AM")
    values = (f"{WHO} <{ADDRESS}>", day, "Claire Clement <claire@town.example>", SUBJECT)
    heads = [f"{name}{space}: {value}" for name, value in zip(names, values, strict=True)]
    bold = "<br>".join(f"<b>{escape(head).replace(':', ':</b>', 1)}" for head in heads)
    html = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0cm}</style></head>'
        f"<body lang=FR><div class=WordSection1>{paragraphs(said, 'p class=MsoNormal').replace('</p class=MsoNormal>', '</p>')}"
        "<p class=MsoNormal><o:p>&nbsp;</o:p></p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt "
        f"0cm 0cm 0cm'><p class=MsoNormal>{bold}<o:p></o:p></p></div>{paragraphs(chr(10).join(ASKED), 'p')}</div></body></html>"
    )
    return mail("\n".join([said, "", *heads, "", *ASKED]) if plain else "", html)


def outlook_web(said: str, french: bool, plain: bool) -> bytes:
    names = ("De", "Envoyé", "À", "Objet") if french else ("From", "Sent", "To", "Subject")
    values = (f"{WHO} <{ADDRESS}>", "14/03/2026 10:05", "Claire Clement <claire@town.example>", SUBJECT)
    heads = [f"{name} : {value}" for name, value in zip(names, values, strict=True)]
    bold = "<br>".join(f"<b>{escape(head).replace(' : ', ' :</b> ', 1)}" for head in heads)
    html = (
        f'<html><body dir="ltr"><div style="font-family: Aptos">{paragraphs(said)}</div><div id="appendonsend"></div>'
        f'<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">'
        f"{bold}</font><div>&nbsp;</div></div><div>{paragraphs(chr(10).join(ASKED))}</div></body></html>"
    )
    text = "\n".join([said, "________________________________", *heads, "", *ASKED])
    return mail(text if plain else "", html)


def apple(said: str, french: bool, plain: bool) -> bytes:
    when = (
        f"Le 14 mars 2026 à 10:05, {WHO} <{ADDRESS}> a écrit :"
        if french
        else f"On 14 Mar 2026, at 10:05, {WHO} <{ADDRESS}> wrote:"
    )
    html = (
        f'<html><body style="overflow-wrap: break-word;">{paragraphs(said)}<div><br><blockquote type="cite"><div>'
        f'{escape(when)}</div><br class="Apple-interchange-newline"><div>{paragraphs(chr(10).join(ASKED))}</div>'
        "</blockquote></div></body></html>"
    )
    return mail(f"{said}\n\n{marked([when, '', *ASKED])}\n" if plain else "", html)


def thunderbird(said: str, french: bool, plain: bool) -> bytes:
    when = f"Le 14/03/2026 à 10:05, {WHO} a écrit :" if french else f"On 14/03/2026 10:05, {WHO} wrote:"
    html = (
        f'<html><body><p>{broken(said)}</p><div class="moz-cite-prefix">{escape(when)}<br></div>'
        f'<blockquote type="cite" cite="mid:x@cobalt.example">{paragraphs(chr(10).join(ASKED), "p")}</blockquote></body></html>'
    )
    return mail(f"{said}\n\n{when}\n{marked()}\n", flowed=True) if plain else mail(html=html)


def k9(said: str, french: bool, plain: bool) -> bytes:
    when = (
        f"Le 14 mars 2026 10:05:00 GMT+01:00, {WHO} <{ADDRESS}> a écrit :"
        if french
        else f"On 14 March 2026 10:05:00 CET, {WHO} <{ADDRESS}> wrote:"
    )
    excuse = (
        "Envoyé de mon appareil Android avec Courriel K-9 Mail. Veuillez excuser ma brièveté."
        if french
        else "Sent from my Android device with K-9 Mail. Please excuse my brevity."
    )
    html = (
        f'<html><body>{broken(said)}<br><br>-- <br>{excuse}<br><br><div class="gmail_quote">{escape(when)}'
        f'<blockquote class="gmail_quote" style="margin: 0pt">{"<br>".join(ASKED)}</blockquote></div></body></html>'
    )
    return mail(f"{said}\n-- \n{excuse}\n\n{when}\n{marked(['', *ASKED])}\n" if plain else "", html)


def orange(said: str, french: bool, plain: bool) -> bytes:
    heads = [
        "Message du 14/03/26 10:05",
        f'De : "{WHO}" ',
        "A : claire@town.example",
        "Copie à : ",
        f"Objet : {SUBJECT}",
    ]
    text = "\n".join([said, "", "", "", marked([*heads, "", *ASKED])])
    html = (
        f'<p>{broken(said)}</p><p>&nbsp;</p><blockquote style="border-left: 2px solid rgb(30, 115, 229);">'
        f"{'<br />'.join(escape(line) for line in [*heads, '', *ASKED])}</blockquote>"
    )
    return mail(text if plain else "", "" if plain else html)


def free(said: str, french: bool, plain: bool) -> bytes:
    heads = [f'De: "{WHO}" <{ADDRESS}>', 'À: "claire" <claire@town.example>', "Envoyé: Samedi 14 Mars 2026 10:05:00"]
    heads.append(f"Objet: {SUBJECT}")
    text = "\n".join([said, "", "----- Mail original -----", *heads, "", *ASKED])
    bold = "<br>".join(f"<b>{escape(head)}".replace(": ", ":</b> ", 1) for head in heads)
    html = (
        f'<html><body><div style="font-family: arial">{paragraphs(said)}<br><hr id="zwchr"><div>'
        f"{bold}</div><br>"
        f"{paragraphs(chr(10).join(ASKED))}</div></body></html>"
    )
    return mail(text if plain else "", "" if plain else html)


PROGRAMS: tuple[Callable[[str, bool, bool], bytes], ...] = (
    gmail, outlook_2003, outlook_2016, outlook_web, apple, thunderbird, k9, orange, free,
)  # fmt: skip
