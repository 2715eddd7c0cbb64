"""The shell steps of the files that servers read, run here without the servers."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pip
import yaml

import termsgate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT: Final = Path(__file__).resolve().parents[2]
_INFO: Final = f"termsgate-{termsgate.__version__}.dist-info"


def parsed(name: str) -> Any:  # noqa: ANN401 - what a file says is any YAML
    """A YAML file of the repository."""
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def shell(
    script: str, folder: Path, env: Mapping[str, str], *, by: Sequence[str] = ("sh", "-e")
) -> subprocess.CompletedProcess[str]:
    """Run a script as a server does: from a file, with what is said in its order."""
    file = folder.parent / f"step-{len(list(folder.parent.glob('step-*')))}"
    file.write_text(script, encoding="utf-8")
    return subprocess.run(  # noqa: S603 - our own files
        [*by, str(file)],
        cwd=folder,
        env=dict(env),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )


# --- an environment -----------------------------------------------------------------------------


def wheel(folder: Path) -> Path:
    """A release of this version that consists of what is installed where the tests run."""
    here = {str(Path(termsgate.__file__).resolve().parents[1])}
    places = sorted(here | {each for each in sys.path if each.endswith("site-packages")})
    files = {
        "termsgate_of_the_tests.pth": "\n".join(places) + "\n",
        f"{_INFO}/METADATA": (
            f"Metadata-Version: 2.1\nName: termsgate\nVersion: {termsgate.__version__}\n"
        ),
        f"{_INFO}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{_INFO}/entry_points.txt": (
            "[console_scripts]\ntermsgate = termsgate.cli:main\npytest = pytest:console_main\n"
        ),
    }
    rows = [f"{name},{_digest(text)},{len(text)}" for name, text in files.items()]
    files[f"{_INFO}/RECORD"] = "\n".join([*rows, f"{_INFO}/RECORD,,", ""])
    path = folder / f"termsgate-{termsgate.__version__}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def _digest(text: str) -> str:
    found = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
    return f"sha256={found.rstrip(b'=').decode()}"


def bare(folder: Path) -> dict[str, str]:
    """The variables of a machine with a fresh Python, one release at hand and no network."""
    python = folder / "python"
    command = [sys.executable, "-m", "venv", "--without-pip", str(python)]
    subprocess.run(command, check=True, timeout=300)  # noqa: S603 - this Python
    (places,) = python.glob("lib/python*/site-packages")
    # A copy of pip takes seconds to lay out; a link does as well.
    (places / "pip").symlink_to(Path(pip.__file__).parent)
    home = folder / "home"
    home.mkdir()
    wheel(home)
    return {
        "PATH": f"{python / 'bin'}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(home),
        "PIP_CONFIG_FILE": "/dev/null",
        "PYTEST_ADDOPTS": "-p no:hypothesispytest",
    }


def installed(env: Mapping[str, str]) -> bool:
    """Whether the release has been installed there."""
    return (Path(env["PATH"].partition(":")[0]) / "termsgate").exists()


# --- a runner of GitHub -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Obeyed:
    """A command that the runner obeyed."""

    name: str
    said: dict[str, str]
    message: str


def obeyed(log: str) -> Iterator[Obeyed]:
    """The commands in what a step printed, as the runner finds them.

    Blanks before a command are nothing to it, and `##[name]` is one wherever it stands.
    """
    stopped = ""
    for line in re.split(r"\r\n|\n|\r", log):
        command = re.match(r"\s*::([^ :]+)(?: (.*?))?::(.*)$", line) or re.search(
            r"##\[([^ \]]+)(?: (.*?))?\](.*)$", line
        )
        if stopped:
            stopped = "" if command and command[1] == stopped else stopped
        elif command and command[1] == "stop-commands":
            stopped = command[3]
        elif command:
            pairs = (pair.partition("=") for pair in (command[2] or "").split(","))
            said = {name: value for name, _, value in pairs if value}
            yield Obeyed(name=command[1], said=said, message=command[3])


@dataclass(slots=True, kw_only=True)
class Job:
    """One use of the action: its steps in their order, each with what earlier ones put out."""

    folder: Path
    env: Mapping[str, str]
    inputs: dict[str, str]
    skipped: set[str] = field(default_factory=set)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    logs: dict[str, str] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)

    @property
    def temp(self) -> Path:
        """The folder for what nobody keeps."""
        return self.folder.parent / "temp"

    @property
    def summary(self) -> str:
        """What was written to the summary."""
        return "".join(each.read_text("utf-8") for each in sorted(self.temp.glob("summary-*")))

    @property
    def code(self) -> int:
        """What the job ended with: the code of the first step that failed."""
        return next((code for code in self.codes.values() if code), 0)

    def run(self) -> Job:
        """Run the steps of the action that are ours; one that fails skips those that mind."""
        self.temp.mkdir(exist_ok=True)
        action = parsed("action.yml")
        given = {name: said.get("default", "") for name, said in action["inputs"].items()}
        self.inputs = given | self.inputs
        for step in action["runs"]["steps"]:
            if step["name"] not in self.skipped and self._is_wanted(step):
                self._step(step)
        return self

    def _is_wanted(self, step: dict[str, Any]) -> bool:
        condition = step.get("if", "${{ success() }}")
        said = self._filled(condition).strip()
        for part in said.removeprefix("${{").removesuffix("}}").split("&&"):
            match part.split():
                case ["!cancelled()"]:
                    continue
                case ["success()"] if not self.code:
                    continue
                case [left, "!=", "''"] if left != "''":
                    continue
                case ["success()"] | ["''", "!=", "''"]:
                    return False
                case other:
                    raise AssertionError(other)
        return True

    def _step(self, step: dict[str, Any]) -> None:
        name = step["name"]
        if "uses" in step:
            self.logs[name] = step["uses"]
            return
        out, summary = self.temp / f"output-{name}", self.temp / f"summary-{name}"
        out.touch()
        env = {key: self._filled(text, plain=True) for key, text in step.get("env", {}).items()}
        files = {"GITHUB_OUTPUT": str(out), "GITHUB_STEP_SUMMARY": str(summary)}
        done = shell(
            step["run"],
            self.folder,
            {**self.env, **files, "RUNNER_TEMP": str(self.temp), **env},
            by=("bash", "--noprofile", "--norc", "-eo", "pipefail"),
        )
        self.logs[name], self.codes[name] = done.stdout, done.returncode
        pairs = (line.partition("=") for line in out.read_text("utf-8").splitlines())
        self.outputs[step.get("id", name)] = {key: value for key, _, value in pairs}

    def _filled(self, text: str, *, plain: bool = False) -> str:
        """A text with its expressions evaluated: as they are, or as words of a condition."""

        def value(of: re.Match[str]) -> str:
            path = of[0].split(".")
            found = (
                self.inputs[path[1]]
                if path[0] == "inputs"
                else self.outputs.get(path[1], {}).get(path[3], "")
            )
            return found if plain else found.replace(" ", "_") or "''"

        pattern = r"inputs\.[a-z-]+|steps\.[a-z]+\.outputs\.[a-z]+"
        if not plain:
            return re.sub(pattern, value, text)
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: re.sub(pattern, value, found[1]), text)
