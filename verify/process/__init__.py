"""What a running command has besides mathematics: streams, terminals, files, limits, exit codes."""
