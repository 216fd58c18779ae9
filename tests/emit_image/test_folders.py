"""The files of a build folder, read back as the programs that use them read them."""

from __future__ import annotations

import configparser
import itertools
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from image_folders import SMALLEST, Build
from msgspec.structs import replace

from mlkc.artifact.build import text_artifact
from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.catalog import debian, drivers, mirrors
from mlkc.emit import hadoop
from mlkc.emit.image import content_tag, emit_images
from mlkc.plan.images.python import system_packages
from mlkc.plan.images.resolve import resolve_images
from mlkc.spec.stack import Stack

HADOLINT = Path(sys.executable).with_name("hadolint")


def _variants() -> list[dict[str, Any]]:
    """Each preset, each Debian that is not archived, Java both ways, Hadoop both ways, every package."""
    releases = [row.codename for row in debian.RELEASES if not row.archived]
    sources = [*mirrors.names(), {"apt": "https://mirror.example.com/debian"}, {}]
    settings = itertools.product(sources, releases, (11, 17, 21), ("download", "folder"))
    return [
        {"mirrors": mirror, "images": {"debian": release, "java": java, "hadoop": {"source": source}}}
        for mirror, release, java, source in settings
    ]


def test_hadolint_has_nothing_to_say_about_any_dockerfile(build: Build, tmp_path: Path) -> None:
    texts: dict[str, str] = {}
    for variant in _variants():
        built = build(**variant)
        assert not built.faults
        for image in ("server", "client"):
            text = built.files[f"images/{image}/Dockerfile"]
            assert "hadolint" not in text
            texts[text] = image
    for number, (text, image) in enumerate(texts.items()):
        (tmp_path / f"{number}.{image}.Dockerfile").write_text(text)
    assert len(texts) > 50
    command = [HADOLINT, "--no-color", "--config", "/dev/null", *sorted(tmp_path.iterdir())]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_driver_that_is_compiled_leaves_its_compiler_behind(build: Build, tmp_path: Path) -> None:
    driver, release = drivers.by_name("mysqlclient"), debian.by_codename("bookworm")
    assert driver is not None
    assert release is not None
    compiler, library = system_packages(driver, release)
    for java in (17, 21):
        made = build(mirrors="tuna", images={"java": java}).builds[0]
        python = replace(made.python, build_packages=compiler, run_packages=library)
        files = emit_images([replace(made, python=python)])
        text = next(file.body for file in files if file.path.endswith("/Dockerfile"))
        last = text.rpartition("\nFROM ")[2]
        assert "gcc=" in text
        assert "gcc=" not in last
        assert "libmariadb3=" in last
        (tmp_path / f"{java}.Dockerfile").write_text(text)
    command = [HADOLINT, "--no-color", "--config", "/dev/null", *tmp_path.iterdir()]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("image", ["server", "client"])
def test_the_last_stage_has_no_mirror_and_an_ordinary_user(build: Build, image: str) -> None:
    built = build(mirrors="tuna", images={"java": 21})
    last = built.stage(image, "last")
    assert "pip.conf" not in last
    assert "mirror" not in re.sub(r"source=debian.sources", "", last)
    assert "COPY pip.conf" not in built.files[f"images/{image}/Dockerfile"]
    assert "COPY debian.sources" not in built.files[f"images/{image}/Dockerfile"]
    assert re.findall(r"^USER (.*)$", last, re.MULTILINE) == ["8888:8888"]


def test_every_file_that_a_dockerfile_reads_is_in_its_folder(build: Build) -> None:
    for variant in _variants():
        built = build(**variant)
        for made in built.builds:
            text = built.files[f"{made.folder}/Dockerfile"].replace("\\\n", " ")
            copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
            named = {name for line in copied for name in line.split()} | set(
                re.findall(r"source=([^,]+),", text)
            )
            there = {path.rpartition("/")[2] for path in built.files if path.startswith(f"{made.folder}/")}
            given = set() if made.hadoop.urls else {made.hadoop.tarball}
            assert named - there == given
            assert there - named == {"Dockerfile"}


def test_pip_reads_its_configuration_and_trusts_only_a_plain_http_host(build: Build) -> None:
    parser = configparser.RawConfigParser()
    parser.read_string(
        build(mirrors={"pip": "http://pip.example.com:8081/simple"}).files["images/client/pip.conf"]
    )
    assert dict(parser["global"]) == {
        "index-url": "http://pip.example.com:8081/simple",
        "trusted-host": "pip.example.com",
    }
    assert "trusted-host" not in build(mirrors="ustc").files["images/client/pip.conf"]


def test_all_that_is_installed_is_pinned(build: Build) -> None:
    for image in ("server", "client"):
        files = build().files
        names = (f"images/{image}/requirements.txt", f"images/{image}/constraints.txt")
        lines = [line for name in names for line in files[name].splitlines() if not line.startswith("#")]
        assert len(lines) > 40
        assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+]+", line) for line in lines)


@pytest.mark.parametrize("text", ["a & b", "<x/>", "]]>", '"', "a\rb", "a\nb", "é\u2028", "${x}", "-->"])
def test_hadoop_reads_back_what_was_meant(text: str) -> None:
    lines = hadoop.site([("name", text), ("other", "x")], ("hdfs", "coreSite"))
    written = text_artifact("core-site.xml", ArtifactKind.XML, lines, ())
    root = ElementTree.fromstring(written.body)  # noqa: S314  our own output
    found = {entry.findtext("name"): entry.findtext("value") for entry in root.iter("property")}
    assert found == {"name": text, "other": "x"}


def _file(path: str, text: str, mode: int = 0o644) -> Artifact:
    return text_artifact(path, ArtifactKind.TEXT, [text], (), mode)


def test_a_tag_follows_every_byte_name_and_mode_and_nothing_else() -> None:
    one, two = _file("a", "1"), _file("b", "2")
    tag = content_tag([one, two], "3.17.2")
    assert re.fullmatch(r"3\.17\.2-[0-9a-f]{12}", tag)
    assert content_tag([two, one], "3.17.2") == tag
    others = (
        [one],
        [one, _file("b", "3")],
        [one, _file("c", "2")],
        [one, _file("b", "2", 0o755)],
        [_file("a", "1\nb"), _file("b", "")],
    )
    assert len({tag, *(content_tag(files, "3.17.2") for files in others)}) == len(others) + 1


def test_nothing_but_the_spec_decides_the_bytes(build: Build) -> None:
    assert build(mirrors="tuna").files == build(mirrors="tuna").files


def test_every_line_that_the_spec_decides_says_which_setting() -> None:
    stack = Stack.model_validate({**SMALLEST, "mirrors": "tuna", "images": {"java": 21}})
    builds, _ = resolve_images(stack)
    files = {artifact.path: artifact for artifact in emit_images(builds)}
    dockerfile = files["images/server/Dockerfile"]
    lines = dockerfile.body.splitlines()

    def origin(start: str) -> tuple[str | int, ...]:
        return dockerfile.origin(
            (1 + next(n for n, line in enumerate(lines) if line.lstrip().startswith(start)),)
        )

    assert origin("COPY --from=java") == ("images", "java")
    assert origin("HADOOP_USER_NAME") == ("hdfs", "user")
    assert origin("EXPOSE") == ("server", "port")
    assert files["images/server/pip.conf"].origin((3,)) == ("mirrors", "pip")
    assert files["images/server/requirements.txt"].origin((3,)) == ("database", "driver")


def test_byte_code_is_made_where_pods_could_not_keep_it(build: Build) -> None:
    built = build()
    for image in ("server", "client"):
        assert "compileall.compile_dir" in built.stage(image, "base")
        packages = built.stage(image, "packages")
        assert packages.index("SOURCE_DATE_EPOCH=") < packages.index("pip install")
        # It is for the compiler alone.
        assert "SOURCE_DATE_EPOCH" not in built.stage(image, "last")


def test_an_environment_of_conda_has_its_own_library(build: Build) -> None:
    built = build(images={"conda": {}})
    assert "compileall" not in built.files["images/server/Dockerfile"]
    assert "SOURCE_DATE_EPOCH=" in built.stage("server", "packages")
