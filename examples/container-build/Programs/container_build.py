"""Builds an image of a folder with a Dockerfile, once for each content."""

import hashlib
import os
import pathlib
import subprocess
from typing import Any, Dict, List, Optional


def build(source: str, name: str, keep: int = 3, base: Optional[str] = None) -> Dict[str, Any]:
    folder = pathlib.Path(source)
    if not (folder / "Dockerfile").is_file():
        raise SystemExit("There is no Dockerfile in {}.".format(folder.resolve()))
    image = "{}:{}".format(name, fingerprint(folder, base or ""))
    if exists(image):
        return {"image": image, "built": False}

    arguments = ["--build-arg", "BASE=" + base] if base else []
    docker("build", "--tag", image, *arguments, str(folder))
    docker("run", "--rm", "--network", "none", image)  # An image that does not start is no success.
    docker("tag", image, name + ":latest")
    return {"image": image, "built": True, "removed": remove_old(name, keep)}


def fingerprint(folder: pathlib.Path, base: str) -> str:
    """The same for the same content, wherever it lies."""
    content = hashlib.sha256(base.encode())
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content.update("\0{}\0{}\0".format(path.relative_to(folder), os.access(str(path), os.X_OK)).encode())
        content.update(path.read_bytes())
    return content.hexdigest()[:12]


def exists(image: str) -> bool:
    return subprocess.run(["docker", "image", "inspect", image], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def remove_old(name: str, keep: int) -> List[str]:
    listed = subprocess.run(["docker", "images", name, "--format", "{{.Tag}}"], stdout=subprocess.PIPE, check=True).stdout.decode().split()
    old = [name + ":" + tag for tag in listed if tag not in ("latest", "<none>")][keep:]  # The newest come first.
    for image in old:
        docker("rmi", image)
    return old


def docker(*arguments: str) -> None:
    print("docker " + " ".join(arguments), flush=True)
    status = subprocess.run(["docker", *arguments]).returncode
    if status != 0:
        raise SystemExit("docker {} ended with {}.".format(arguments[0], status))
