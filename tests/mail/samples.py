"""Mails that are no plain answer, each with what a person expects of it; and some that nobody sends by accident."""

from base64 import b64encode
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from tests.mail.programs import ADDRESS, CLAIRE, SUBJECT, mail, marked
from trackr.mail.reading import Mail

HEAD = (
    b"From: Claire Clement <claire@town.example>\nTo: tickets@cobalt.example\nMessage-ID: <b2@town.example>\n"
    b"Date: Sat, 14 Mar 2026 16:00:00 +0100\n"
)
PIXEL = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")
WHEN = "Le 14/03/2026 à 10:05, Sam Stone a écrit :"


def raw(rest: str, charset: str = "utf-8") -> bytes:
    return HEAD + rest.encode(charset)


def with_parts(
    text: str = "See the picture.", html: str = "", *parts: tuple[str, str, bytes, str], **more: str
) -> bytes:
    """parts: media type, name, content, Content-ID."""
    message = EmailMessage()
    heads = {"From": CLAIRE, "To": ADDRESS, "Subject": "New", "Message-ID": "<c3@town.example>"} | more
    for name, value in heads.items():
        message[name.replace("_", "-")] = value
    if text:
        message.set_content(text)
    if html:
        (message.add_alternative if text else message.set_content)(html, subtype="html")
    for kind, name, content, cid in parts:
        main, _, sub = kind.partition("/")
        inline = {"disposition": "inline", "cid": cid} if cid else {"disposition": "attachment"}
        message.add_attachment(content, main, sub, filename=name or None, **inline)  # type: ignore[arg-type]
    return message.as_bytes()


BOUNCE = """Subject: Undelivered Mail Returned to Sender
Return-Path: <>
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=B

--B
Content-Type: text/plain

I am sorry to have to inform you that your message could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.town.example

Final-Recipient: rfc822; Gone@town.example
Action: {action}
Status: {status}

--B
Content-Type: message/rfc822

Subject: [Intranet #1] Hello

--B--
"""
GROUP = {"List_Id": "Tickets <tickets.cobalt.example>", "Precedence": "list"}
CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nDTSTART:20260320T090000Z\r\nSUMMARY:Launch\\, at last\r\nEND:VEVENT\r\n"
FLOWED = (
    "This is one paragraph that a program broke into lines \nso that it travels.\n\n> Which \n> date?\n\nThe second.\n"
)
WRAPPED = (
    "The second field of the form loses its date whenever somebody goes back to\n"
    "the page before, and then it says that the date is missing although it was\n"
    "there.\n\n- one\n- two"
)
INTERLEAVED = f"Bonjour,\n\n{WHEN}\n> Which date?\n\nThe second.\n\n> Is it back?\n\nYes.\n\n> Sam\n"

LOOK: dict[str, Callable[[Mail], Any]] = {
    "files": lambda mail: [part.name for part in mail.files],
    "kind": lambda mail: mail.nature.kind,
    "bounced": lambda mail: mail.nature.bounced,
    "sender": lambda mail: mail.sender.email,
    "name": lambda mail: mail.sender.name,
    "cc": lambda mail: [one.email for one in mail.cc],
    "whole": lambda mail: bool(mail.whole),
}

SAMPLES: dict[str, tuple[bytes, dict[str, Any]]] = {
    "answers between the lines": (
        mail(INTERLEAVED),
        {"text": INTERLEAVED.removesuffix("\n> Sam\n").rstrip(), "whole": True},
    ),
    "an answer below our own foot": (
        mail(f"Bonjour,\n\n{WHEN}\n> Which date?\n>\n> -- \n> 12 h of 20 h used\n\nThe second.\n"),
        {"text": f"Bonjour,\n\n{WHEN}\n> Which date?\n>\n\nThe second.", "whole": True},
    ),
    "answers between the lines in HTML": (
        mail(
            html="<p>Hi</p><blockquote type=cite><p>Which?</p></blockquote><p>The second.</p>"
            "<blockquote type=cite><p>Back?</p></blockquote><p>Yes.</p>"
        ),
        {"text": "Hi\n\n> Which?\n\nThe second.\n\n> Back?\n\nYes."},
    ),
    "an answer below": (mail(f"{WHEN}\n{marked()}\n\nThe second.\n"), {"text": "The second.", "whole": True}),
    "answers in red within Outlook's copy": (
        mail(
            f"Mes réponses en rouge ci-dessous.\n\nDe : Sam <{ADDRESS}>\nEnvoyé : samedi\nÀ : Claire\nObjet : x\n\nWhich? The second."
        ),
        {
            "text": f"Mes réponses en rouge ci-dessous.\n\nDe : Sam <{ADDRESS}>\nEnvoyé : samedi\nÀ : Claire\nObjet : x\n\nWhich? The second."
        },
    ),
    "a signature": (mail("Yes.\n\n-- \nClaire Clement\nTown hall\n01 02 03"), {"text": "Yes.", "whole": True}),
    "two dashes as a list": (mail("-- one\n-- two"), {"text": "-- one\n-- two", "whole": False}),
    "a list of hyphens": (mail("- one\n- two\n\nThanks"), {"text": "- one\n- two\n\nThanks", "whole": False}),
    "an iPhone, French": (mail("Oui.\n\nEnvoyé de mon iPhone\n"), {"text": "Oui."}),
    "an iPhone, English": (
        mail(f"Yes.\n\nSent from my iPhone\n\n> On 14 Mar 2026, at 10:05, Sam <{ADDRESS}> wrote:\n> \n> Which?"),
        {"text": "Yes."},
    ),
    "Outlook on a phone": (mail("Oui.\n\nTéléchargez Outlook pour Android<https://aka.ms/x>\n"), {"text": "Oui."}),
    "Windows' mail": (mail("Oui.\n\nProvenance : Courrier pour Windows\n"), {"text": "Oui."}),
    "a sentence that looks like an introduction": (
        mail("On Monday the mayor wrote:\nwe like it.\n\nClaire"),
        {"text": "On Monday the mayor wrote:\nwe like it.\n\nClaire", "whole": False},
    ),
    "a new mail": (
        mail("Hello", subject="Le formulaire  perd\tla date"),
        {"title": "Le formulaire perd la date", "ticket_number": None},
    ),
    "an answer to an answer to a forwarded one": (
        mail("Hello", subject=f"RE: TR : Re: {SUBJECT}"),
        {"title": "The form loses the date", "ticket_number": 1},
    ),
    "forwarded by Gmail": (
        mail(
            "Can you help?\n\n---------- Forwarded message ---------\nFrom: Max <max@town.example>\nDate: Sat, 14 Mar\nSubject: x\nTo: Claire\n\nIt is broken.",
            subject="Fwd: x",
        ),
        {
            "text": "Can you help?\n\n---------- Forwarded message ---------\nFrom: Max <max@town.example>\nDate: Sat, 14 Mar\nSubject: x\nTo: Claire\n\nIt is broken.",
            "title": "x",
        },
    ),
    "forwarded by Outlook": (
        mail("Pouvez-vous aider ?\n\nDe : Max\nEnvoyé : lundi\nÀ : Claire\nObjet : x\n\nCassé.", subject="TR: x"),
        {"text": "Pouvez-vous aider ?\n\nDe : Max\nEnvoyé : lundi\nÀ : Claire\nObjet : x\n\nCassé."},
    ),
    "flowed": (
        mail(FLOWED, flowed=True),
        {
            "text": "This is one paragraph that a program broke into lines so that it travels.\n\n> Which date?\n\nThe second."
        },
    ),
    "broken into short lines": (
        mail(WRAPPED),
        {"text": WRAPPED.replace("to\nthe", "to the").replace("was\nthere", "was there")},
    ),
    "HTML alone": (
        mail(
            html="<style>p{}</style><h1>Hello</h1><p>Two&nbsp;words, <a href='https://x.example/a'>a link</a>, "
            "https://y.example</p><ol><li>one<li>two</ol><table><tr><td>a<td>b</table><script>alert(1)</script>"
        ),
        {"text": "Hello\n\nTwo words, a link (https://x.example/a), https://y.example\n\n1. one\n2. two\n\na · b"},
    ),
    "a plain part that says nothing": (
        mail("See HTML", html=f"<p>{'A long and careful explanation of it all. ' * 9}</p>"),
        {"text": ("A long and careful explanation of it all. " * 9).strip()},
    ),
    "Latin 1 that is Windows": (
        raw("Subject: x\nContent-Type: text/plain; charset=iso-8859-1\n\n20 € – d’accord", "cp1252"),
        {"text": "20 € – d’accord"},
    ),
    "a charset that nobody knows": (
        raw("Subject: x\nContent-Type: text/plain; charset=x-mac-odd\n\nDéjà vu"),
        {"text": "Déjà vu"},
    ),
    "a charset that is not the one": (
        raw("Subject: x\nContent-Type: text/plain; charset=utf-8\n\nDéjà vu", "cp1252"),
        {"text": "Déjà vu"},
    ),
    "Shift JIS": (
        raw("Subject: x\nContent-Type: text/plain; charset=shift_jis\n\n日本", "shift_jis"),
        {"text": "日本"},
    ),
    "a subject in bare bytes": (raw("Subject: Déjà vu\n\nx", "cp1252"), {"subject": "Déjà vu"}),
    "a subject in encoded words": (
        raw("Subject: =?utf-8?Q?D=C3=A9j=C3=A0?=\n =?iso-8859-1?B?IHZ1?= =?x-odd?Q?=E9?=\n\nx"),
        {"subject": "Déjà vué"},
    ),
    "a subject whose Base64 is none": (raw("Subject: =?utf-8?B?abc?= x\n\nx"), {"kind": "person"}),
    "a name with a comma": (
        raw(
            "Subject: x\nCc: Dupont, Anne <anne@town.example>, =?utf-8?Q?M=C3=BCller=2C_Max?= <max@town.example>, nobody\n\nx"
        ),
        {"cc": ["anne@town.example", "max@town.example"]},
    ),
    "no body": (raw("Subject: Call me back\n\n"), {"text": "", "title": "Call me back"}),
    "no subject": (raw("\nHello"), {"text": "Hello", "title": ""}),
    "no head but a sender": (b"From: claire@town.example\n\nHello", {"sender": "claire@town.example", "text": "Hello"}),
    "a date in 1970": (
        mail("Hello").replace(b"14 Mar 2026", b"01 Jan 1970"),
        {"date": "Sat, 01 Jan 1970 16:00:00 +0100", "text": "Hello"},
    ),
    "only a picture": (with_parts("", "", ("image/gif", "photo.gif", PIXEL, "")), {"text": "", "files": ["photo.gif"]}),
    "a picture within the text": (
        with_parts("", '<p>See <img src="cid:p1"></p>', ("image/gif", "", PIXEL, "<p1>")),
        {"text": "See", "files": ["file-1.gif"]},
    ),
    "files": (
        with_parts(
            "Here",
            "",
            ("application/pdf", "../../Offre n° 3.pdf", b"%PDF", ""),
            ("application/ms-tnef", "winmail.dat", b"x", ""),
        ),
        {"text": "Here", "files": ["Offre n° 3.pdf", "winmail.dat"]},
    ),
    "a name in the old way": (
        raw(
            'Subject: x\nContent-Type: application/pdf; name="=?utf-8?Q?d=C3=A9j=C3=A0=2Epdf?="\nContent-Transfer-Encoding: base64\n\nJVBERg=='
        ),
        {"files": ["déjà.pdf"]},
    ),
    "a mail within the mail": (
        with_parts("See it", "", ("application/octet-stream", "mail.eml", b"Subject: y", "")),
        {"files": ["mail.eml"]},
    ),
    "a calendar": (
        with_parts("Come", "", ("text/calendar", "", CALENDAR, "")),
        {"invitation": "Launch, at last, 2026-03-20", "files": ["invitation.ics"], "text": "Come"},
    ),
    "Base64 cut off": (
        raw("Subject: x\nContent-Transfer-Encoding: base64\n\nSGVsbG8gd29ybGQ"),
        {"text": "Hello world"},
    ),
    "a bounce": (
        raw(BOUNCE.format(action="failed", status="5.1.1")),
        {"kind": "bounce", "bounced": ("gone@town.example",)},
    ),
    "a bounce that is none yet": (
        raw(BOUNCE.format(action="delayed", status="4.4.1")),
        {"kind": "bounce", "bounced": ()},
    ),
    "an automatic reply": (mail("I am away", Auto_Submitted="auto-replied"), {"kind": "automatic"}),
    "an automatic reply of Exchange": (mail("Absent", subject="Réponse automatique : x"), {"kind": "automatic"}),
    "a word on one": (mail("x", subject="RE: Absence du bureau"), {"kind": "person"}),
    "that it was read": (
        raw(
            "Subject: Lu\nContent-Type: multipart/report; report-type=disposition-notification; boundary=B\n\n--B\n\nx\n--B--"
        ),
        {"kind": "automatic"},
    ),
    "a list": (mail("Hello all", List_Id="Town <all.town.example>"), {"kind": "list"}),
    "a newsletter": (mail("Buy", Precedence="bulk"), {"kind": "automatic"}),
    "a loop": (HEAD + b"Received: from a\n" * 45 + b"\nx", {"kind": "loop"}),
    "our own": (mail("Hello", From=ADDRESS, Auto_Submitted="auto-generated"), {"kind": "ours"}),
    "of a person, from our own address": (mail("Hello", From=ADDRESS), {"kind": "person", "sender": ADDRESS}),
    "over a group of Google that is the desk's address": (
        mail(
            "Hello",
            From=f"'Claire Clement' via Tickets <{ADDRESS}>",
            **GROUP,
            X_Original_Sender="claire@town.example",
            X_Original_From=CLAIRE,
            Reply_To=CLAIRE,
            Mailing_list=f"list {ADDRESS}; contact owners@cobalt.example",
            X_Google_Group_Id="123",
        ),
        {"kind": "list", "sender": "claire@town.example", "name": "Claire Clement"},
    ),
    "over a list of Mailman that is the desk's address": (
        mail("Bonjour", From=f"Claire Clement via Tickets <{ADDRESS}>", **GROUP, Reply_To=f"{CLAIRE}, {ADDRESS}"),
        {"kind": "list", "sender": "claire@town.example"},
    ),
    "over a group that does not say who wrote it": (
        mail("Hello", From=f"Tickets <{ADDRESS}>", **GROUP, Reply_To=ADDRESS),
        {"kind": "list", "sender": ADDRESS},
    ),
    "an automatic reply over a group": (
        mail("I am away", From=f"Claire via Tickets <{ADDRESS}>", **GROUP, Reply_To=CLAIRE, X_Autoreply="yes"),
        {"kind": "automatic"},
    ),
    "over somebody else's list, with another's name": (
        mail(
            "Hello", From="all@evil.example", To=f"all@evil.example, {ADDRESS}", X_Original_From=CLAIRE, List_Id="<x>"
        ),
        {"kind": "list", "sender": "all@evil.example"},
    ),
}


def _nested() -> bytes:
    depth = 400
    begins = "".join(f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(depth))
    return raw(f"Subject: x\n{begins}\nHello\n")


def _parts() -> bytes:
    return raw(
        "Subject: x\nContent-Type: multipart/mixed; boundary=B\n\n"
        + "--B\nContent-Type: text/x-a\n\nx\n" * 500
        + "--B--"
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "zeros": lambda: b"\x00" * 5000,
    "noise": lambda: bytes(range(256)) * 40,
    "500 parts": _parts,
    "400 levels": _nested,
    "a flood of headers": lambda: HEAD + b"X-A: b\n" * 5000 + b"\nx",
    "a head without end": lambda: b"Subject: " + b"x" * 300_000,
    "a list of addresses": lambda: HEAD + b"Cc: " + b"((((<a@b" * 20_000 + b"\n\nx",
    "encoded words": lambda: HEAD + b"Subject: " + b"=?utf-8?B?" * 20_000 + b"\n\nx",
    "a subject of two lines": lambda: raw("Subject: =?utf-8?Q?Hello=0ABcc:_x@y.example?=\n\nx"),
    "names with paths": lambda: with_parts(
        "x", "", ("image/gif", "..\\..\\a/../b.gif", PIXEL, ""), ("image/gif", "..", PIXEL, "")
    ),
    "tags within tags": lambda: mail(html="<div>" * 20_000 + "x"),
    "quotes within quotes": lambda: mail(html="<blockquote>" * 5_000 + "x"),
    "numbered without end": lambda: mail(html="<ol>" + "<li>x" * 20_000),
    "introductions": lambda: mail("On 10:05 a@b \nLe 10:05 <a@b> :\n" * 2_000),
    "marks": lambda: mail("> " * 40_000 + "\n" + "-- \n" * 3_000),
    "a bare charset": lambda: raw("Subject: x\nContent-Type: text/plain; charset=\"\"; charset*=x'y'z\n\nx"),
    "a charset that is a codec": lambda: raw("Subject: x\nContent-Type: text/plain; charset=rot13\n\nx"),
    "a name in pieces": lambda: raw("Subject: x\nContent-Type: a/b; name*0*=utf-8''a; name*2=b; name*x=c\n\nx"),
    "no sender": lambda: b"Subject: x\n\n" + b64encode(b"x"),
}
