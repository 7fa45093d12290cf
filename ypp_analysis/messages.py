"""Messages for people: one line for what went wrong with a file, no sign that steers a terminal.

Only the standard library is needed.
"""

from __future__ import annotations

import errno

LONGEST = 1000
"""Characters of a line of a message."""

REMEDIES = {
    errno.EACCES: "Give yourself the right to it, or name another place.",
    errno.EPERM: "Give yourself the right to it, or name another place.",
    errno.EROFS: "Name a place that can be written.",
    errno.ENOENT: "Correct the name, or put the file there.",
    errno.ENOTDIR: "A part of its path is a file: name another folder.",
    errno.EISDIR: "Name a file, or move the folder away.",
    errno.EEXIST: "Name another place, or move away what is there.",
    errno.ELOOP: "A link in its path leads back to itself: remove the link, or name another place.",
    errno.ENAMETOOLONG: "Give a shorter name.",
    errno.ENOSPC: "Make room on the disk.",
}
"""What to do about an error of the system."""


def told(error: Exception) -> str:
    """An error as a message: of the system's with the file, what is wrong and what to do."""
    if not isinstance(error, OSError) or error.errno is None or not error.strerror:
        return plain(str(error))
    place = error.filename2 or error.filename
    name = f"{plain(str(place))}: " if place is not None else ""
    remedy = REMEDIES.get(error.errno, "Look at the file and its disk.")
    return f"{name}{error.strerror}. {remedy}"


def plain(message: str) -> str:
    """A message whose lines end, and that does not steer the terminal it is shown in."""
    lines = message.split("\n")
    cut = (line if len(line) <= LONGEST else f"{line[:LONGEST]}..." for line in lines)
    return "\n".join(map(visible, cut))


def visible(text: str) -> str:
    """A text in one line, in which signs that are not seen are written out."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )
