import pytest


@pytest.fixture(autouse=True)
def _keras_is_loaded(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("keras"):
        from nettool.engine.devices.start import start

        start()
