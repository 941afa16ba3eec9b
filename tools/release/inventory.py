"""What is inside the program for a target: a list of licences with their texts, and a bill of materials (CycloneDX 1.5).

Usage: inventory.py TARGET LICENCES.txt SBOM.json; run in the repository. Everything comes from `cargo metadata` and the
packages' own files: the crates that are linked in (no tests', no build scripts', no macros'), those of the standard
library, which is built along, and the C runtime that the linker adds. SOURCE_DATE_EPOCH is the date of the bill.
"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import uuid

TEXTS = re.compile(r"^(licen[cs]e|copying|copyright|notice|unlicense)", re.IGNORECASE)
RUST = "MIT OR Apache-2.0"


def cargo(folder, *arguments):
    return subprocess.run(["cargo", *arguments, "--locked"], cwd=folder, check=True, stdout=subprocess.PIPE).stdout


def linked(target, folder, root):
    """The packages that are linked in with a root: its normal dependencies for a target, macros left out."""
    tree = ["tree", "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}", "--package", root]
    lines = cargo(folder, *tree, "--target", target).decode().splitlines()
    wanted = {tuple(line.split()[:2]) for line in lines if line}
    known = json.loads(cargo(folder, "metadata", "--format-version", "1", "--filter-platform", target))
    return [one for one in known["packages"] if (one["name"], "v" + one["version"]) in wanted]


def read(path):
    return path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip("\n")


def texts(folder):
    """The texts of licences and notices that a folder holds."""
    files = sorted(file for file in folder.iterdir() if file.is_file() and TEXTS.match(file.name))
    return [read(file) for file in files]


def crate(package):
    folder = pathlib.Path(package["manifest_path"]).parent
    return {
        "name": package["name"],
        "version": package["version"],
        "licence": (package["license"] or "").replace("/", " OR ").replace("  ", " "),
        "purl": f"pkg:cargo/{package['name']}@{package['version']}",
        "texts": texts(folder),
    }


def runtime(target):
    """The parts in C that the linker adds, each with its licence."""
    if "windows" in target:
        gcc = pathlib.Path("/usr/share/doc/gcc-mingw-w64-x86-64-win32/copyright")
        mingw = pathlib.Path("/usr/share/doc/mingw-w64-x86-64-dev/copyright")
        return [
            ("mingw-w64", "ZPL-2.1 AND LicenseRef-public-domain", [read(mingw)]),
            ("libgcc", "GPL-3.0-or-later WITH GCC-exception-3.1", [read(gcc)]),
        ]
    # The command that runs Zig knows where its files are.
    env = subprocess.run([*os.environ["ZIG"].split(), "env"], check=True, stdout=subprocess.PIPE, text=True).stdout
    lib = pathlib.Path(re.search(r"lib_dir\"?\s*[=:]\s*\"([^\"]+)\"", env)[1])
    unwind = [read(lib / "libunwind" / "LICENSE.TXT")]
    return [
        ("musl", "MIT", [read(lib / "libc" / "musl" / "COPYRIGHT")]),
        ("zig-compiler-rt", "MIT", [read(lib.parent / "LICENSE")]),
        ("llvm-libunwind", "Apache-2.0 WITH LLVM-exception", unwind),
    ]


def parts(target):
    sysroot = subprocess.run(["rustc", "--print", "sysroot"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    library = pathlib.Path(sysroot, "lib/rustlib/src/rust/library").resolve()
    std = [crate(package) for package in linked(target, library, "std")]
    release = subprocess.run(["rustc", "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout.split()[1]
    for part in std:
        if part["version"] == "0.0.0":
            part.update(version=release, licence=RUST, purl=None, texts=[])
    own = [crate(package) for package in linked(target, ".", "jianyan")]
    c = [
        {"name": name, "version": "", "licence": licence, "purl": None, "texts": found}
        for name, licence, found in runtime(target)
    ]
    notices = [read(file) for file in sorted(pathlib.Path("src/assets/data").glob("*.NOTICE.md"))]
    for part in own:
        if part["name"] == "jianyan":
            part["texts"] += notices
    return {(part["name"], part["version"]): part for part in own + std + c}


def list_of_licences(found):
    """The parts with their licences, then each text once with those that it is of."""
    by_text = {}
    for key, part in sorted(found.items()):
        for text in part["texts"]:
            by_text.setdefault(text, []).append(" ".join(key).strip())
    lines = ["What is inside this program, and under which licences. 本程序所含的各部分及其许可。", ""]
    lines += [f"{name} {version}".strip() + f": {part['licence']}" for (name, version), part in sorted(found.items())]
    lines += ["", "Where a part offers several licences, any one of them may be chosen. The texts that come with the parts:"]
    for text, names in by_text.items():
        lines += ["", "=" * 78, ", ".join(dict.fromkeys(names)), "=" * 78, "", text]
    return "\n".join(lines) + "\n"


def bill(target, found):
    day = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    own = next(part for part in found.values() if part["name"] == "jianyan")

    def component(part, kind):
        one = {"type": kind, "bom-ref": f"{part['name']}@{part['version']}", "name": part["name"]}
        one |= {"version": part["version"]} if part["version"] else {}
        one |= {"licenses": [{"expression": part["licence"]}]} if part["licence"] else {}
        return one | ({"purl": part["purl"]} if part["purl"] and kind == "library" else {})

    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, f"jianyan {own['version']} {target} {day}").urn,
        "version": 1,
        "metadata": {
            "timestamp": day.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": component(own, "application"),
            "properties": [{"name": "target", "value": target}],
        },
        "components": [component(part, "library") for _, part in sorted(found.items()) if part is not own],
    }


def main():
    target, licences, sbom = sys.argv[1:]
    found = parts(target)
    unlicensed = [name for (name, _), part in found.items() if not part["licence"]]
    if unlicensed:
        sys.exit(f"no licence is stated for: {', '.join(unlicensed)}")
    pathlib.Path(licences).write_text(list_of_licences(found), encoding="utf-8")
    text = json.dumps(bill(target, found), ensure_ascii=False, indent=1)
    pathlib.Path(sbom).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
