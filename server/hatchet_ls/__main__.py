"""``python -m hatchet_ls``: the same as the command ``hatchet-ls``."""

from hatchet_ls.cli.main import main

if __name__ == "__main__":
    main()
