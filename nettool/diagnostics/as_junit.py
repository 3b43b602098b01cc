"""Checked files as JUnit XML: one test case each, as GitLab, Jenkins and others show them.

JUnit has no standard of its own; these elements and attributes are those that readers agree on:
https://github.com/testmoapp/junitxml
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nettool.diagnostics.checked_file import CheckedFile
from nettool.diagnostics.printable import printable
from nettool.diagnostics.render import render_all

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold: https://www.w3.org/TR/xml/#charsets"""


def as_junit(files: Sequence[CheckedFile], command: str) -> bytes:
    """An XML document with a test suite of the command's name and a test case for each file."""
    from xml.etree.ElementTree import Element, SubElement, tostring

    counts = {
        "tests": str(len(files)),
        "failures": str(sum(_failure(each) is not None for each in files)),
        "errors": "0",
        "skipped": str(sum(each.skipped is not None for each in files)),
        "time": f"{sum(each.seconds for each in files):.3f}",
    }
    root = Element("testsuites", {"name": "nettool", **counts})
    suite = SubElement(root, "testsuite", {"name": _text(command), **counts})
    for file in files:
        path = _text(file.path)
        _fill(
            SubElement(
                suite,
                "testcase",
                {"classname": _text(command), "name": path, "file": path, "time": f"{file.seconds:.3f}"},
            ),
            file,
        )
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _fill(case: "Element", file: CheckedFile) -> None:
    from xml.etree.ElementTree import SubElement

    text = _text(render_all(file.diagnostics)) if file.diagnostics else ""
    failure = _failure(file)
    if failure is not None:
        kind = file.errors[0].code if file.errors else "failed"
        SubElement(case, "failure", {"message": _text(failure), "type": kind}).text = text or _text(failure)
    elif file.skipped is not None:
        SubElement(case, "skipped", {"message": _text(file.skipped)})
    elif text:
        SubElement(case, "system-out").text = text


def _failure(file: CheckedFile) -> str | None:
    """In one line; the first of several errors."""
    if file.skipped is not None:
        return None
    if file.errors:
        rest = len(file.errors) - 1
        return f"{file.errors[0].code}: {file.errors[0].message}" + (f" (and {rest} more)" if rest else "")
    return file.failure


def _text(text: str) -> str:
    return _FORBIDDEN.sub("�", printable(text))
