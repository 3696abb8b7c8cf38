"""The rows of the bare pages: read with plain SQL, and drawn by joining strings. Project 1 is the seeded one."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

Found = list[tuple[Any, ...]]

CARD = """
    SELECT t.column_id, t.id, t.title, t.priority, asked.name, coalesce(does.name, ''), t.valued_minutes, t.opened_at
    FROM ticket t JOIN person asked ON asked.id = t.requester_id LEFT JOIN person does ON does.id = t.assignee_id
    WHERE t.project_id = 1 AND t.closed_at IS"""

ROW = """
    SELECT t.id, t.title, t.priority, c.name, c.role, asked.name, coalesce(does.name, ''), t.valued_minutes, t.opened_at
    FROM ticket t JOIN board_column c ON c.id = t.column_id
    JOIN person asked ON asked.id = t.requester_id LEFT JOIN person does ON does.id = t.assignee_id
    WHERE t.project_id = 1 ORDER BY t.id DESC LIMIT 51"""

COMMENT = """
    SELECT 'comment', c.number, p.name, p.role, c.body_html, c.created_at, 0, 0, '' FROM comment c
    JOIN person p ON p.id = c.author_id WHERE c.ticket_id = ? ORDER BY c.created_at, c.id"""

ENTRY = """
    SELECT 'entry', e.id, p.name, p.role, e.note, e.written_at, e.valued_minutes, e.spent_minutes, e.day FROM entry e
    JOIN person p ON p.id = e.person_id WHERE e.ticket_id = ? ORDER BY e.written_at, e.id"""


def board(connection: sqlite3.Connection, _number: int) -> Found:
    """The columns, each with its cards: (id, name, role, cards)."""
    columns = connection.execute("SELECT id, name, role FROM board_column WHERE project_id = 1 ORDER BY position")
    found = [(*column, []) for column in columns]
    cards = {column[0]: column[3] for column in found}
    for card in connection.execute(f"{CARD} NULL ORDER BY t.position, t.id"):
        cards[card[0]].append((*card[1:], age(card[7])))
    for card in connection.execute(f"{CARD} NOT NULL ORDER BY t.closed_at DESC, t.id DESC LIMIT 20"):
        cards[card[0]].append((*card[1:], age(card[7])))
    return found


def newest(connection: sqlite3.Connection, _number: int) -> Found:
    """The first page of the list."""
    return [(*row, age(row[8])) for row in connection.execute(ROW)]


def ticket(connection: sqlite3.Connection, number: int) -> Found:
    """The comments and entries of a ticket, in the order in which they were written."""
    found = connection.execute(COMMENT, (number,)).fetchall() + connection.execute(ENTRY, (number,)).fetchall()
    return sorted(found, key=lambda row: row[5])


def age(opened_at: int) -> int:
    """Whole days since an instant in milliseconds."""
    return int(time.time() * 1000 - opened_at) // 86_400_000


def draw_board(found: Found) -> Iterator[str]:
    for column, name, role, cards in found:
        yield f'<section class="col" aria-labelledby="c-{column}">\n<div class="col-head" data-s="{role}">'
        yield f'<h2 id="c-{column}">{escape(name)}</h2><span class="count">{len(cards)}</span></div>\n'
        yield '<ol class="cards">\n'
        for number, title, priority, asked, does, minutes, _opened, days in cards:
            yield f'<li class="card" id="t-{number}"><p>#{number}'
            if priority != "normal":
                yield f'<em data-p="{priority}">{priority}</em>'
            yield f'<span>{days} d</span></p><a class="card-title" href="/tickets/{number}">{escape(title)}</a>'
            yield f"<p>{escape(asked)}<b>{minutes // 60} h {minutes % 60:02}</b>"
            yield f'<i title="{escape(does)}">{escape(does[:1])}</i></p>'
            yield f'<a href="/tickets/{number}/placement">Move</a></li>\n'
        yield "</ol>\n</section>\n"
    yield "</div></div>\n</div>"


def draw_newest(found: Found) -> Iterator[str]:
    for number, title, priority, column, role, asked, does, minutes, _opened, days in found[:50]:
        yield f'<tr id="t-{number}"><th scope="row"><a class="table-link" href="/tickets/{number}">{escape(title)}</a>'
        yield f'<span class="sub">#{number} '
        if priority != "normal":
            yield f'<span class="prio" data-p="{priority}"><svg class="icon" aria-hidden="true">'
            yield f'<use href="/static/0123456789/icons.svg#i-flame"/></svg>{priority}</span>'
        yield f'</span></th><td class="hide-s nowrap"><span class="status" data-s="{role}">'
        yield '<svg class="icon" aria-hidden="true"><use href="/static/0123456789/icons.svg#i-s-new"/></svg>'
        yield f'{escape(column)}</span></td><td class="hide-s">{escape(asked)}</td>'
        yield f'<td class="hide-m">{escape(does)}</td><td class="num">{minutes // 60} h {minutes % 60:02}</td>'
        yield f'<td class="num hide-s">{days} d</td></tr>\n'


def draw_ticket(found: Found) -> Iterable[str]:
    for kind, number, name, role, text, at, valued, spent, day in found:
        if kind == "comment":
            yield f'<li id="comment-{number}"><article class="msg" aria-label="{escape(name)}, {at}">'
            yield f'<span class="avatar" title="{escape(name)}" aria-hidden="true">{escape(name[:1])}</span><div>\n'
            yield f'<header class="msg-head"><b>{escape(name)}</b> <span class="quiet">{role}</span> '
            yield f'<time datetime="{at}">{at}</time></header>\n'
            yield f'<div class="msg-body">{text}</div>\n</div></article></li>\n'
        else:
            yield f'<li class="entry" id="entry-{number}"><svg class="icon" aria-hidden="true">'
            yield '<use href="/static/0123456789/icons.svg#i-clock"/></svg><p class="entry-line">'
            yield f"<span><b>{valued // 60} h {valued % 60:02}</b> valued</span>"
            yield f'<span class="t-note">{spent // 60} h {spent % 60:02} internal</span><span>{escape(text)}</span>'
            yield f'<span class="end quiet">{escape(name)}, {day}</span></p></li>\n'
