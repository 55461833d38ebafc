# SPDX-License-Identifier: Apache-2.0
"""unittest, and a line "passed NAME" on standard output for each test that did, whatever else is printed."""
import unittest


class Result(unittest.TextTestResult):
    def addSuccess(self, test):
        super().addSuccess(test)
        print(f"\npassed {test.id()}", flush=True)


class Runner(unittest.TextTestRunner):
    resultclass = Result


if __name__ == "__main__":
    unittest.main(module=None, testRunner=Runner)
