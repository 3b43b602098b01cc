"""Runs the user's Python files and makes their layers known to Keras: only with the user's leave."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import keras

from nettool.engine.failures import UserCodeFailed
from nettool.files.surroundings import USER_CODE
from nettool.spec.network.python_file import PythonFile


def load_user_layers(files: tuple[PythonFile, ...]) -> None:
    """Run the files; each layer class in them can then be built and loaded by its name.

    Raises UserCodeFailed when a file raises.
    """
    for file in files:
        for name, found in _run(file).items():
            if isinstance(found, type) and issubclass(found, keras.Layer) and name in file.classes:
                keras.saving.get_custom_objects()[name] = found


def _run(file: PythonFile) -> dict[str, object]:
    module = ModuleType(f"{USER_CODE}.{file.path.stem}")
    module.__file__ = str(file.path)
    sys.modules[module.__name__] = module
    try:
        exec(compile(file.text, str(file.path), "exec"), module.__dict__)
    except Exception as error:
        raise UserCodeFailed(file.name, _line(error, file), error) from error
    return dict(module.__dict__)


@contextmanager
def blaming_user_code(files: tuple[PythonFile, ...]) -> Iterator[None]:
    """Turn an exception that came through the user's code into a UserCodeFailed that names file and line."""
    try:
        yield
    except Exception as error:
        for cause in (error, error.__cause__):
            for file in files:
                line = None if not isinstance(cause, Exception) else _line(cause, file)
                if line is not None and isinstance(cause, Exception):
                    raise UserCodeFailed(file.name, line, cause) from error
        raise


def _line(error: Exception, file: PythonFile) -> int | None:
    """The last line of the user's file that was being run."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(file.path)]
    return lines[-1] if lines else None
