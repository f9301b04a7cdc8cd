"""What a newcomer reads first is true: the two commands, and every setting with its name."""

from settings import Settings
from tests.support.sources import ROOT


def test_the_readme_shows_the_two_commands():
    text = (ROOT / "README.md").read_text()
    assert "make run" in text
    assert "make test" in text


def test_the_landing_check_is_make_test():
    assert (ROOT / ".ci/run").read_text().strip().endswith("make test")


def test_the_example_lists_every_setting_with_its_default(tmp_path):
    example = ROOT / ".env.example"
    named = [line.split("=")[0] for line in example.read_text().splitlines() if line and not line.startswith("#")]
    assert named == [f"JIEBANG_{name.upper()}" for name in Settings.model_fields]
    assert Settings(_env_file=example) == Settings(_env_file=None)
