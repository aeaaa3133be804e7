"""The command `hexapla`: a module for each sub-command."""
