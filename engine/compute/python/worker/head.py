# The program of a session, in the order in which these files are joined. It
# imports the parts in C where there are some: ast, json and signal bring so much
# more with them that a session would take half as long again to be ready.
#
# It has builtins of its own and takes what it needs of modules here, once, so
# that a cell may replace or empty them without harm to it.
import _ast
import _signal
import builtins
import collections
import gc
import io
import os
import resource
import sys
import types
from _operator import is_ as same

import faulthandler

try:
    from _json import encode_basestring_ascii, scanstring
except ImportError:
    from json.decoder import scanstring
    from json.encoder import encode_basestring_ascii

from collections import deque
from _signal import getsignal, pthread_sigmask, setitimer, sigpending
from _signal import signal as set_handler
from io import StringIO
from os import _exit as leave
from os import dup, dup2, fdopen, read as read_some, write as write_some
from resource import getrlimit, getrusage, setrlimit
from types import ModuleType
from sys import audit, getrecursionlimit, setprofile, setrecursionlimit, settrace

COLLECTING = gc.callbacks
SYS, MODULES, BUILTINS = sys.__dict__, sys.modules, builtins.__dict__

# What tells the truth of an object whatever its class says of it.
plain = str.__str__  # the exact str of a str
name_of_type = type.__dict__["__name__"].__get__
qualname_of_type = type.__dict__["__qualname__"].__get__


def of_error(name, kind=BaseException):
    return kind.__dict__[name].__get__


trace_of = of_error("__traceback__")
UNSHOWN = "<its text cannot be shown>"


def is_a(error, kind):
    """isinstance, which would ask a class what it passes itself off as."""
    return issubclass(type(error), kind)


def unshown(error):
    """What is left to say of an error that cannot be told, or not in time."""
    return name_of(type(error)) + ("" if type(error) is KeyboardInterrupt else ": " + UNSHOWN) + "\n"


def text_of(value):
    """The repr of a value, which is a str and nothing that passes for one."""
    return plain(repr(value))


def name_of(kind):
    """The name of a class, whatever its metaclass says."""
    return cut(plain(name_of_type(kind)), 200)


def cut(text, most):
    """Text without its middle, if it is long."""
    if len(text) <= most:
        return text
    return "%s [… %d characters left out …] %s" % (text[: most // 2], len(text) - most, text[-most // 2 :])


def need(part):
    """Read a part of this program that few cells need; reading it takes as long as many cells."""
    if part in LATER:
        exec(compile(LATER[part], __file__, "exec"), globals())
        del LATER[part]


LATER = {"explain": sys.argv[2], "awaits": sys.argv[3]}
STDLIB = os.path.dirname(os.__file__)
CELLS, SOURCES = {}, {}  # by the name that a cell's code has as a file
