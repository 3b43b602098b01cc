"""What the program says, and what the user wrote, as text of a page."""

import pytest

from nettool.views.page.markup import facts, said, table


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("`train.epochs` was overridden", "<code>train.epochs</code> was overridden"),
        ("from `a` to `b`", "from <code>a</code> to <code>b</code>"),
        ("`<b>` & more", "<code>&lt;b&gt;</code> &amp; more"),
        ("one ` alone", "one ` alone"),
        ("`not\nin one line`", "`not\nin one line`"),
        ("``", "``"),
    ],
)
def test_names_in_the_program_s_words_are_set_as_code(message: str, expected: str) -> None:
    assert said(message) == expected
    assert facts([("why", message)]) == f'<dl class="facts">\n<dt>why</dt><dd>{expected}</dd>\n</dl>'


def test_in_a_table_only_the_columns_that_are_messages_are_marked() -> None:
    told = table(("class", "`head`"), [("`cat`", "`x` was overridden")], messages=(1,))
    assert told == (
        '<div class="wide"><table><thead><tr><th scope="col">class</th><th scope="col">`head`</th></tr>\n'
        '</thead><tbody>\n<tr><th scope="row">`cat`</th><td><code>x</code> was overridden</td></tr>\n'
        "</tbody></table></div>"
    )
