"""What helps while one writes and moves about: completion, navigation, renaming, colours. No LSP types here."""
