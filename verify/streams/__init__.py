"""What a command reads and writes besides files: results, messages, terminals."""
