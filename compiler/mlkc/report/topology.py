"""A picture of one environment's stack: its parts, what connects to what, and where a diff touches it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from mlkc.report.cells import safe, width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlkc.plan.database import DatabasePlan
    from mlkc.plan.server import IngressPlan, ServerPlan
    from mlkc.plan.stack import ClientPlan, HdfsPlan, StackPlan

# User units of the picture, which are pixels where the page has room for it: a phone's screen has.
_BOX: Final = 158
_WIDE: Final = 344
_RIGHT: Final = _WIDE - _BOX
_GAP: Final = 34
_LINE: Final = 15
_PAD: Final = 10
_LETTER: Final = 6.3
_MOST_NODES: Final = 4


class Mark(Struct, frozen=True):
    """How a diff touches a part: `text` names it, `css` is the class of its colour."""

    text: str
    css: str


class _Box(Struct, frozen=True):
    part: str
    title: str
    lines: tuple[str, ...]
    x: int
    y: int
    width: int = _BOX

    def tall(self, marked: bool) -> int:
        return 2 * _PAD + _LINE * (1 + len(self.lines) + marked) - 2


def picture(stack: StackPlan, marks: Mapping[str, Mark]) -> str:
    """Draws a stack as an SVG element without any style of its own.

    Args:
        stack: the plan of one environment.
        marks: by part (`ingress`, `server`, `client`, `database`, `hdfs`), those that change.
    """
    rows = _rows(stack)
    boxes: dict[str, _Box] = {}
    top = 1
    for row in rows:
        placed = [_at(box, top) for box in row]
        boxes.update((box.part, box) for box in placed)
        top += max(box.tall(box.part in marks) for box in placed) + _GAP
    height = top - _GAP + 1
    heights = {part: box.tall(part in marks) for part, box in boxes.items()}
    edges = "".join(_edge(boxes[a], boxes[b], heights) for a, b in _edges(stack))
    drawn = "".join(_box(box, marks.get(box.part)) for box in boxes.values())
    return (
        f'<svg viewBox="-1 0 {_WIDE + 2} {height}" width="{_WIDE + 2}" height="{height}" role="img"'
        f' aria-label="{_text(_sentence(stack))}">{edges}{drawn}</svg>'
    )


def _rows(stack: StackPlan) -> list[list[_Box]]:
    rows = [[_ingress(stack.server.ingress)]] if stack.server.ingress else []
    middle = [_server(stack.server)]
    if stack.client:
        middle.append(_client(stack.client))
    return [*rows, middle, [_database(stack.database), _hdfs(stack.hdfs)]]


def _ingress(ingress: IngressPlan) -> _Box:
    lines = (ingress.host, "TLS, port 443" if ingress.tls_secret else "no TLS, port 80")
    wide = min(_WIDE, max(_BOX, int(width(safe(ingress.host)) * _LETTER) + 2 * _PAD + 2))
    return _Box("ingress", "Ingress", lines, 0, 0, wide)


def _server(server: ServerPlan) -> _Box:
    scale = server.autoscale
    pods = f"{scale.min} to {scale.max} replicas" if scale else _replicas(server.replicas)
    lines = (server.object, pods, f"port {server.port}")
    return _Box("server", "MLflow server", lines, 0, 0)


def _client(client: ClientPlan) -> _Box:
    home = (f"{client.home.size} volume",) if client.home else ()
    lines = (client.object, _replicas(client.replicas), f"port {client.port}", *home)
    return _Box("client", "Jupyter client", lines, _RIGHT, 0)


def _database(database: DatabasePlan) -> _Box:
    title = {"mysql": "MySQL", "mariadb": "MariaDB", "postgresql": "PostgreSQL", "sqlite": "SQLite"}.get(
        database.engine, database.engine
    )
    server = database.server
    if database.file is not None:
        size = f"{database.volume.size} volume" if database.volume else ""
        return _Box("database", title, (database.file, size), 0, 0)
    if server is None:
        return _Box("database", title, (database.host, f"port {database.port}"), 0, 0)
    lines = (server.object, _replicas(1), f"port {database.port}", f"{server.storage.size} volume")
    return _Box("database", f"{title} {server.version}", lines, 0, 0)


def _hdfs(hdfs: HdfsPlan) -> _Box:
    name_node = dict(hdfs.core_site).get("fs.defaultFS", hdfs.artifact_root)
    host, _, port = name_node.partition("://")[2].partition("/")[0].partition(":")
    named = (host, f"port {port}") if port else (host,)
    others = [node.hostnames[0] for node in hdfs.nodes if node.hostnames and host not in node.hostnames]
    shown = others[:_MOST_NODES]
    if len(others) > len(shown):
        shown = [*shown, f"and {len(others) - len(shown)} more"]
    return _Box("hdfs", "HDFS", (*named, *shown), _RIGHT, 0)


def _replicas(number: int) -> str:
    return f"{number} replica{'' if number == 1 else 's'}"


def _edges(stack: StackPlan) -> list[tuple[str, str]]:
    """The connections, each from the part that opens it."""
    client = [("client", "server"), ("client", "hdfs")] if stack.client else []
    ingress = [("ingress", "server")] if stack.server.ingress else []
    return [*ingress, ("server", "database"), ("server", "hdfs"), *client]


def _sentence(stack: StackPlan) -> str:
    words = [f"{a} connects to {b}" for a, b in _edges(stack)]
    return f"The stack of {stack.name} in namespace {stack.namespace}: {', '.join(words)}."


def _at(box: _Box, top: int) -> _Box:
    return _Box(box.part, box.title, box.lines, box.x, top, box.width)


def _edge(start: _Box, end: _Box, heights: Mapping[str, int]) -> str:
    if start.y == end.y:
        y = start.y + min(heights[start.part], heights[end.part]) // 2
        return _arrow(start.x, y, end.x + _BOX, y, f"{end.x + _BOX + 6},{y - 4} {end.x + _BOX + 6},{y + 4}")
    # The arrow that crosses from left to right leaves beside the one that goes straight down.
    crosses = start.x != end.x
    x1 = start.x + (_BOX * 3 // 4 if crosses else _BOX // 2)
    x2 = end.x + (_BOX // 4 if crosses else _BOX // 2)
    y1, y2 = start.y + heights[start.part], end.y
    if not crosses:
        return _arrow(x1, y1, x2, y2, f"{x2 - 4},{y2 - 6} {x2 + 4},{y2 - 6}")
    half = end.y - _GAP // 2
    return (
        f'<path class="edge" d="M{x1} {y1}V{half}H{x2}V{y2 - 5}"/>'
        f'<polygon class="tip" points="{x2},{y2} {x2 - 4},{y2 - 6} {x2 + 4},{y2 - 6}"/>'
    )


def _arrow(x1: int, y1: int, x2: int, y2: int, barbs: str) -> str:
    return f'<path class="edge" d="M{x1} {y1}L{x2} {y2}"/><polygon class="tip" points="{x2},{y2} {barbs}"/>'


def _box(box: _Box, mark: Mark | None) -> str:
    x, y = box.x + _PAD, box.y + _PAD + 10
    room = int((box.width - 2 * _PAD) / _LETTER)
    rows = [f'<text class="part" x="{x}" y="{y}">{_text(box.title)}</text>']
    for number, line in enumerate(box.lines, 1):
        rows.append(f'<text x="{x}" y="{y + number * _LINE}">{_text(_cut(safe(line), room))}</text>')
    css = "box"
    if mark is not None:
        css += f" {mark.css}"
        rows.append(f'<text class="mark" x="{x}" y="{y + len(rows) * _LINE}">{_text(mark.text)}</text>')
    tip = _text(", ".join((box.title, *box.lines)))
    return (
        f'<g class="{css}"><title>{tip}</title><rect x="{box.x + 0.5}" y="{box.y + 0.5}" rx="6"'
        f' width="{box.width - 1}" height="{box.tall(mark is not None) - 1}"/>{"".join(rows)}</g>'
    )


def _cut(text: str, room: int) -> str:
    """Leaves out the middle of a name that has no room: both ends tell names apart."""
    if width(text) <= room:
        return text
    keep = (room - 1) // (2 if text.isascii() else 4)
    return f"{text[:keep]}…{text[-keep:]}"


def _text(text: str) -> str:
    return escape(safe(text))
