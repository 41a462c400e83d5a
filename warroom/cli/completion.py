"""The verb that prints a completion script."""

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_verb(shell: str) -> None:
    """Print a script that has your shell complete verbs, options, incidents and playbooks on tab.

    \b
    Examples:
      warroom completion bash >> ~/.bashrc
      warroom completion zsh >> ~/.zshrc
      warroom completion fish > ~/.config/fish/completions/warroom.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None  # these three are click's own
    root = click.get_current_context().find_root().command
    click.echo(kind(root, {}, "warroom", "_WARROOM_COMPLETE").source())
