"""The files of a lesson, put into a folder of the student's."""

from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import mkdtemp

from nettool.files.outside import read_file
from nettool.jobs.call_error import CallError
from nettool.lessons.lesson import TEXT, Lesson
from nettool.record.disk.atomic import UNFINISHED


def start_lesson(lesson: Lesson, folder: Path) -> bool:
    """Make `folder` with the files of a lesson, whole or not at all; False where that was done before.

    Nothing is overwritten: raises CallError for a folder that holds something else, OSError where it cannot
    be written.
    """
    if _is_of(lesson, folder):
        return False
    if folder.exists() or folder.is_symlink():
        raise CallError(
            f"there is a folder or file `{folder}` already: name another one, "
            f"`nettool lesson {lesson.number} FOLDER`"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        beside = Path(mkdtemp(dir=folder.parent, prefix=UNFINISHED))
    except OSError as error:  # which names a folder that nobody asked for
        raise OSError(error.errno, error.strerror, str(folder)) from error
    try:
        whole = beside / folder.name
        whole.mkdir()
        for each in lesson.files:
            copyfile(each, whole / each.name)
        whole.rename(folder)
    finally:
        rmtree(beside, ignore_errors=True)
    return True


def _is_of(lesson: Lesson, folder: Path) -> bool:
    """Whether the folder was made for this lesson, whatever has become of its specs."""
    text = (lesson.folder / TEXT).read_bytes()
    try:
        return read_file(folder / TEXT, len(text)) == text
    except OSError:
        return False
