"""`python -m nettool` is the same as the console script."""

from nettool.cli.main import main

if __name__ == "__main__":
    main()
