# The program of a session, in the order in which these files are joined.
import ast
import builtins
import collections
import io
import json
import os
import resource
import signal
import sys
import types

