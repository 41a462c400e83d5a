"""The core is pure: loading all of it loads nothing that has a screen, a file or a clock of its own."""

import pkgutil
import subprocess
import sys

from warroom import incident


def test_the_core_loads_nothing_heavy_and_nothing_else_of_ours() -> None:
    modules = [found.name for found in pkgutil.walk_packages(incident.__path__, "warroom.incident.")]
    assert "warroom.incident.commands.lifecycle" in modules
    script = f"import sys, {', '.join(modules)}; print('\\n'.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {"textual", "rich", "tinydb", "click", "pendulum", "jinja2", "markdown_it", "platformdirs"}
    heavy |= {"asyncio", "socket", "subprocess"}
    assert heavy.isdisjoint(name.partition(".")[0] for name in loaded)
    ours = {name for name in loaded if name.startswith("warroom.")}
    assert ours == {*modules, "warroom.incident"}
