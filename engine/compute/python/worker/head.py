# The program of a session, in the order in which these files are joined. It
# imports the parts in C where there are some: ast, json and signal bring so much
# more with them that a session would take half as long again to be ready.
import _ast
import _signal
import builtins
import collections
import io
import os
import resource
import sys
import types

try:
    from _json import encode_basestring_ascii, scanstring
except ImportError:
    from json.decoder import scanstring
    from json.encoder import encode_basestring_ascii

