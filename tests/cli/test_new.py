"""`nettool new`: a gallery file under another name, and never over a file that is there."""

from pathlib import Path

import pytest
from command_line import run

from nettool.front_end import load
from nettool.gallery import companions, gallery_folder, renamed, template_names

CONFIGS = Path(__file__).parents[2] / "configs"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_new_spec_differs_from_its_template_in_its_name_alone() -> None:
    ended = run("new", "mine", "--template", "resnet")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "wrote mine.yaml, a copy of resnet to make your own; try: nettool train mine.yaml\n"
    old = (CONFIGS / "resnet.yaml").read_text().splitlines()
    new = Path("mine.yaml").read_text().splitlines()
    assert [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]] == [
        ("name: toy_resnet", "name: mine")
    ]


@pytest.mark.parametrize("name", template_names())
def test_every_template_is_as_sound_under_a_new_name(name: str) -> None:
    assert run("new", "mine", "--template", name, "-o", "folder/mine.yaml").code == 0
    plan, _ = load(Path("folder/mine.yaml"))
    assert plan.graph.name == "mine"


def test_the_files_that_a_template_names_come_along() -> None:
    assert run("new", "mine", "--template", "custom_dense").out.startswith(
        "wrote mine.yaml and custom/my_layers.py, a copy of custom_dense"
    )
    code = Path("custom/my_layers.py")
    assert code.read_bytes() == (CONFIGS / "custom" / "my_layers.py").read_bytes()
    assert run("new", "another", "--template", "custom_rnn").code == 0
    code.write_text("changed\n")
    ended = run("new", "third", "--template", "custom_dense")
    assert ended.code == 2
    assert "there is a file `custom/my_layers.py` already" in ended.err
    assert code.read_text() == "changed\n"
    assert not Path("third.yaml").exists()


def test_a_table_comes_along_and_can_be_trained_on() -> None:
    assert run("new", "mine", "--template", "iris").out.startswith("wrote mine.yaml and data/iris.csv")
    assert Path("data/iris.csv").read_bytes() == (CONFIGS / "data" / "iris.csv").read_bytes()
    _, warnings = load(Path("mine.yaml"))
    assert warnings == ()


@pytest.mark.parametrize(
    ("data", "files"),
    [
        ("mnist", ()),
        ("{table: a.csv, columns: {x: x}}", ("a.csv",)),
        ("{table: {train: a.csv, test: b.csv}, columns: {x: x}}", ("a.csv", "b.csv")),
        ("{arrays: {train: {x: a.npy}, test: b.npz}}", ("a.npy", "b.npz")),
    ],
)
def test_the_files_of_the_data_are_companions(data: str, files: tuple[str, ...]) -> None:
    assert companions(f"data: {data}\ninclude: [blocks.yaml]\n") == ("blocks.yaml", *files)


def test_the_list_has_every_gallery_file_with_its_first_line() -> None:
    lines = run("new", "--list").out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(path.stem for path in CONFIGS.glob("*.yaml"))
    assert "resnet  " in "\n".join(lines)
    for line in lines:
        name, about = line.split(maxsplit=1)
        assert (CONFIGS / f"{name}.yaml").read_text().startswith(f"# {about}\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["new"], "Missing argument 'NAME'"),
        (["new", "a/b"], "`a/b` cannot be the name of a spec"),
        (["new", "mine", "--template", "rensets"], "there is no template `rensets`: did you mean `resnet`?"),
        (
            ["new", "mine", "--template", "../x"],
            "there is no template `../x`: `nettool new --list` shows them",
        ),
        (["new", "taken"], "there is a file `taken.yaml` already"),
    ],
)
def test_a_wrong_call_writes_nothing(arguments: list[str], complaint: str) -> None:
    Path("taken.yaml").write_text("mine\n")
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err
    assert [(path.name, path.read_text()) for path in Path().iterdir()] == [("taken.yaml", "mine\n")]


def test_a_name_is_put_in_where_there_is_none_and_comments_stay() -> None:
    assert renamed("# about\n\ninputs: {}\nnodes: {}\n", "a") == "# about\n\nname: a\ninputs: {}\nnodes: {}\n"
    assert renamed("name: old   # its name\n  name: inner\n", "a") == "name: a   # its name\n  name: inner\n"


def test_a_working_copy_has_its_gallery_beside_the_package() -> None:
    assert gallery_folder() == CONFIGS


@pytest.mark.parametrize(
    ("chosen", "command"),
    [
        ("digits_mlp", "nettool train mine.yaml"),
        ("iris", "nettool train mine.yaml"),
        ("resnet50", "nettool train --smoke mine.yaml"),
        ("custom_rnn", "nettool train --smoke --allow-code mine.yaml"),
        ("feature_extraction", "nettool summary mine.yaml"),
    ],
)
def test_the_command_that_is_proposed_fits_the_template(
    chosen: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "mine", "--template", chosen).out.endswith(f"to make your own; try: {command}\n")
