# How an error is told: as notebooks do it in plain text, less what helps nobody.

FRAMES, MESSAGE = 24, 4000


def explain(error):
    """The text of an error, of those it came from, and of where they were raised."""
    try:
        return "".join(sections(error, set()))
    except RecursionError:
        return "RecursionError: maximum recursion depth exceeded\n"
    except (Exception, KeyboardInterrupt):
        return last_line(error)


def sections(error, seen):
    seen.add(id(error))
    before, joint = error.__cause__, "The above exception was the direct cause of the following exception:"
    if before is None and not error.__suppress_context__:
        before, joint = error.__context__, "During handling of the above exception, another exception occurred:"
    out = []
    if before is not None and id(before) not in seen and len(seen) < 5:
        out = sections(before, seen) + ["\n\n" + joint + "\n\n"]
    frames = places(error.__traceback__)
    if isinstance(error, SyntaxError):
        frames.append(spot(error))
    if frames and not (isinstance(error, SyntaxError) and len(frames) == 1):
        out.append("Traceback (most recent call last):\n\n" + "\n\n".join(frames) + ("\n" if isinstance(error, SyntaxError) else "\n\n"))
    elif frames:
        out.append(frames[0] + "\n")
    return out + [last_line(error)]


def last_line(error):
    name = type(error).__name__
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
        if isinstance(error, ImportError) and isinstance(error.path, str):
            text = text.replace(error.path, short(error.path))
    except BaseException:
        text = "<its text cannot be shown>"
    if len(text) > MESSAGE:
        text = "%s [… %d characters left out …] %s" % (text[: MESSAGE // 2], len(text) - MESSAGE, text[-MESSAGE // 2 :])
    return (name + ": " + text if text else name) + "\n"


def places(trace):
    """Where an error was raised: every cell on the way, and of each stretch of a library its end."""
    out, library = [], []
    first, last, left = stretch(trace)
    for code, line in first:
        out, library = place(code, line, out, library)
    if left > 0:
        out, library = out + library + ["  [… %d calls left out …]" % left], []
    for code, line in last:
        out, library = place(code, line, out, library)
    return out + library


def stretch(trace):
    """The calls of a trace less those of this program; of very many, the first and the last."""
    first, last, count = [], collections.deque(maxlen=FRAMES // 2), 0
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename != __file__:
            count += 1
            (first if len(first) < FRAMES // 2 else last).append((code, line_of(trace)))
        trace = trace.tb_next
    return first, last, count - len(first) - len(last)


def line_of(trace):
    """The line of a call. Where a loop goes back is on none: an interrupt may come there."""
    line = trace.tb_lineno
    if line is None:
        before = [at for start, _, at in trace.tb_frame.f_code.co_lines() if at is not None and start <= trace.tb_lasti]
        line = before[-1] if before else trace.tb_frame.f_code.co_firstlineno
    return line


def place(code, line, out, library):
    number = CELLS.get(code.co_filename)
    if number is None:
        return out, ["  File %s:%s in %s\n    %s" % (short(code.co_filename), line, code.co_name, source(code.co_filename, line))]
    inside = "" if code.co_name == "<module>" else " in " + code.co_name
    return out + library + ["  Cell In[%d], line %s%s\n    %s" % (number, line, inside, source(code.co_filename, line))], []


def spot(error):
    """Where code could not be read."""
    number = CELLS.get(error.filename)
    head = "  File %s:%s" % (short(str(error.filename)), error.lineno) if number is None else "  Cell In[%d], line %s" % (number, error.lineno)
    text = error.text
    if text is None and number is not None and 0 < (error.lineno or 0) <= len(SOURCES[error.filename]):
        text = SOURCES[error.filename][error.lineno - 1]  # the compiler had it as a tree, without its text
    text = (text or "").rstrip()
    if not text:
        return head
    bare = text.lstrip()
    column = max((error.offset or 1) - 1 - (len(text) - len(bare)), 0)
    return "%s\n    %s\n    %s^" % (head, bare, " " * column)


def short(path):
    """A library's path without what it is to this machine."""
    for mark in ("/site-packages/", "/dist-packages/"):
        if mark in path:
            return path.split(mark, 1)[1]
    if path.startswith(STDLIB + "/"):
        return path[len(STDLIB) + 1 :]
    return path


def source(path, line):
    lines = SOURCES.get(path)
    if lines is None:
        import linecache

        return linecache.getline(path, line).strip()
    return lines[line - 1].strip() if 0 < line <= len(lines) else ""


CELLS, SOURCES = {}, {}  # by the name that a cell's code has as a file
STDLIB = os.path.dirname(os.__file__)
