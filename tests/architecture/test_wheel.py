"""What is installed from the wheel is whole: rules, sentences and migrations ride inside."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from hegui.foundation.database.migrate import newest

ROOT = Path(__file__).parents[2]


def test_the_wheel_answers_by_itself(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(installed)
    environment = {**os.environ, "PYTHONPATH": str(installed), "HEGUI_DATA_DIR": str(tmp_path / "data")}

    def hegui(*arguments: str) -> str:
        command = [sys.executable, "-m", "hegui", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
        return done.stdout

    where = [sys.executable, "-c", "from hegui.rulebook.loader import default_folder; print(default_folder())"]
    said = subprocess.run(where, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True).stdout
    assert Path(said.strip()) == installed / "hegui" / "rules"
    assert json.loads(hegui("ask", "日志要留多久", "--json"))["obligations"][0] == "N04"
    assert json.loads(hegui("migrate", "--json"))["level"] == newest()
    hegui("ledger", "template", "ledger.xlsx")
    assert (tmp_path / "ledger.xlsx").stat().st_size
    assert list((installed / "hegui").rglob("report.typ"))
