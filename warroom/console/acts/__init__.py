"""What each key of the war room leads to: questions on the way, a command at the end; a module per topic."""
