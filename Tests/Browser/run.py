#!/usr/bin/env python3
"""Runs the cases of the browser against a built labbook.

Usage: run.py [--labbook PATH] [--screenshots FOLDER] [CASE...]
  CASE is a word of unittest, such as test_notebook or test_notebook.Following.test_error
"""

import argparse
import os
import sys
import unittest

folder = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, folder)


def main():
    options = argparse.ArgumentParser(description="Runs the cases of the browser.")
    options.add_argument("--labbook", help="the tool (default: .build/release/labbook)")
    options.add_argument("--screenshots", help="a folder for pictures of every page")
    options.add_argument("cases", nargs="*")
    asked = options.parse_args()
    if asked.labbook:
        os.environ["LABBOOK"] = os.path.abspath(asked.labbook)
    if asked.screenshots:
        os.environ["LABBOOK_SCREENSHOTS"] = os.path.abspath(asked.screenshots)
    from browser import Browser
    loader = unittest.defaultTestLoader
    suite = (
        loader.loadTestsFromNames(asked.cases) if asked.cases
        else loader.discover(folder, pattern="test_*.py", top_level_dir=folder))
    try:
        result = unittest.TextTestRunner(verbosity=2).run(suite)
    finally:
        if Browser._shared:
            Browser._shared.close()
    sys.exit(0 if result.wasSuccessful() and result.testsRun else 1)


if __name__ == "__main__":
    main()
