"""A run watched in a real browser: new epochs appear, what was unfolded stays so, and the end is said."""

import pytest
from small_runs import EPOCHS, NOON, write_run

from nettool.jobs.report_run import report_run
from nettool.jobs.watch import ReportServer
from nettool.record.events.events import EpochEnded
from nettool.record.files.metrics_file import MetricsFile
from nettool.record.files.status import end
from nettool.record.runs.lock import locked

pytestmark = pytest.mark.browser


def test_the_page_follows_the_run_to_its_end(browser: "object", tmp_path: "object") -> None:
    run = write_run(tmp_path, state=None, epochs=EPOCHS[:2])  # type: ignore[arg-type]
    page = browser.new_page()  # type: ignore[attr-defined]
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with locked(run):
        server = ReportServer(run)
        page.goto(server.address)
        assert page.inner_text("#live") == "Live: the page is drawn anew after every epoch."
        page.get_by_text("The values of every epoch").click()
        page.get_by_role("button", name="Logarithmic losses").click()
        epochs = (EpochEnded(number, 3, each, 0.001, 1.0) for number, each in enumerate(EPOCHS, 1))
        MetricsFile(run).begin_with(epochs)
        page.wait_for_selector("text=3 epochs are over", timeout=5_000)
        assert page.locator("details[open] tbody tr").count() == 3
        assert page.locator("figure:not([hidden]) strong").first.inner_text() == "loss (logarithmic)"
        page.locator("figure:not([hidden]) svg").first.focus()
        page.keyboard.press("ArrowLeft")
        assert "epoch 1" in page.locator("figure:not([hidden]) .reading").first.inner_text()
        end(run, "finished", NOON)
        report_run(run)
    page.wait_for_selector("#live.over", timeout=5_000)
    assert page.inner_text("#live").startswith("The run has ended: this is its whole report.")
    assert page.locator(".badge").inner_text() == "finished"
    server.wait_until_end_is_shown(60)
    server.close()
    assert complaints == []
    page.close()
