# Runs by Jython. The argument is the file that says against which server, and which cases.
import json
import sys

from autobahntestsuite import wstest

with open(sys.argv[1]) as specification:
    wstest.start({"mode": "fuzzingclient"}, json.load(specification))
