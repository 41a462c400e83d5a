"""The verb that prints a completion script."""

import click
from click.shell_completion import get_completion_class

# A zsh that nobody has set up has not loaded what completes.
_REGISTERS = "    compdef _warroom_completion"
_LOADED = "    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }\n"


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_verb(shell: str) -> None:
    """Print a script that has your shell complete verbs, options, incidents, playbooks and drills on tab.

    \b
    Examples:
      warroom completion bash >> ~/.bashrc
      warroom completion zsh >> ~/.zshrc
      warroom completion fish > ~/.config/fish/completions/warroom.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None  # these three are click's own
    root = click.get_current_context().find_root().command
    script = kind(root, {}, "warroom", "_WARROOM_COMPLETE").source()
    click.echo(script.replace(_REGISTERS, f"{_LOADED}{_REGISTERS}"))
