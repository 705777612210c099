# How an error is told: as notebooks do it in plain text, less what helps nobody.

FRAMES, MESSAGE, LINE = 24, 4000, 1000


def explain(error):
    """The text of an error, of those it came from, and of where they were raised."""
    try:
        return "".join(sections(error, set()))
    except RecursionError:
        return "RecursionError: maximum recursion depth exceeded\n"
    except BaseException:
        return last_line(error)


def sections(error, seen):
    seen.add(id(error))
    before, joint = cause_of(error), "The above exception was the direct cause of the following exception:"
    if before is None and not unchained(error):
        before, joint = context_of(error), "During handling of the above exception, another exception occurred:"
    out = []
    if before is not None and id(before) not in seen and len(seen) < 5:
        out = sections(before, seen) + ["\n\n" + joint + "\n\n"]
    frames, read = places(trace_of(error)), is_a(error, SyntaxError)
    if read:
        frames += spot(error)
    if frames and not (read and len(frames) == 1):
        out.append("Traceback (most recent call last):\n\n" + "\n\n".join(frames) + ("\n" if read else "\n\n"))
    elif frames:
        out.append(frames[0] + "\n")
    return out + [last_line(error)]


def last_line(error, deep=0):
    """An error's name and text, its notes, and the errors of which it is a group."""
    name, text = name_of(type(error)), UNSHOWN
    try:
        text = message(error)
    except BaseException:
        pass
    lines = (name + ": " + text if text else name) + "\n"
    try:
        lines += "".join(cut(plain(note), MESSAGE) + "\n" for note in notes(error))
        if deep < 3:
            lines += "".join("  + " + last_line(e, deep + 1).replace("\n", "\n    ").rstrip(" ") for e in parts_of(error))
    except BaseException:
        pass
    return lines


def message(error):
    told = message_of_syntax(error) if is_a(error, SyntaxError) else None
    text = plain(str(error) if told is None else str(told))
    if is_a(error, ImportError):
        path = path_of_import(error)
        if type(path) is str:
            text = text.replace(path, short(path))
    return cut(text, MESSAGE)


def notes(error):
    """What was added to an error by add_note."""
    own = names_of(error).get("__notes__")
    return own[:5] if type(own) is list else ()


def parts_of(error):
    """The first errors of a group."""
    return parts_of_group(error)[:5] if GROUP is not None and is_a(error, GROUP) else ()


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
    first, last, count = [], deque(maxlen=FRAMES // 2), 0
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
        return out, ["  File %s:%s in %s\n    %s" % (short(code.co_filename), line, plain(code.co_name), source(code.co_filename, line))]
    inside = "" if code.co_name == "<module>" else " in " + plain(code.co_name)
    return out + library + ["  Cell In[%d], line %s%s\n    %s" % (number, line, inside, source(code.co_filename, line))], []


def spot(error):
    """Where code could not be read, if the error says so as the compiler does."""
    path, line, text, offset = (part(error) for part in SPOT)
    if type(path) is not str or type(line) is not int:
        return []
    number = CELLS.get(path)
    head = "  File %s:%s" % (short(path), line) if number is None else "  Cell In[%d], line %s" % (number, line)
    if text is None and number is not None and 0 < line <= len(SOURCES[path]):
        text = SOURCES[path][line - 1]  # the compiler had it as a tree, without its text
    text = text.rstrip() if type(text) is str else ""
    if not text:
        return [head]
    bare = text.lstrip()
    column = max((offset if type(offset) is int else 1) - 1 - (len(text) - len(bare)), 0)
    return ["%s\n    %s\n    %s^" % (head, bare[:LINE], " " * min(column, LINE))]


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

        return plain(linecache.getline(path, line)).strip()[:LINE]
    return lines[line - 1].strip()[:LINE] if 0 < line <= len(lines) else ""


# Read past what a class of the cell's may have put in their place.
cause_of, context_of, unchained, names_of = map(of_error, ("__cause__", "__context__", "__suppress_context__", "__dict__"))
message_of_syntax, path_of_import = of_error("msg", SyntaxError), of_error("path", ImportError)
SPOT = [of_error(name, SyntaxError) for name in ("filename", "lineno", "text", "offset")]
GROUP = __builtins__.get("BaseExceptionGroup")
parts_of_group = None if GROUP is None else of_error("exceptions", GROUP)
