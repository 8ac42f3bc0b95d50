"""`python -m hegui` and the command `hegui`."""

from hegui.cli import main

if __name__ == "__main__":
    main()
