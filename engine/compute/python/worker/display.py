# How a value is shown: as notebooks do it, so that what a model has learned to
# read is what it gets. A value is first made a tree of words and groups, then
# laid out: a group that does not fit on its line has each element on its own.

WIDTH, MOST, DEEPEST = 79, 1000, 100


class Group:
    """Elements between brackets. Each element is a list of words and groups."""

    __slots__ = ("opening", "items", "closing", "flat")

    def __init__(self, opening, items, closing):
        self.opening, self.items, self.closing = opening, items, closing
        width = len(opening) + len(closing) + 2 * max(len(items) - 1, 0)
        for item in items:
            for part in item:
                width += part.flat if isinstance(part, Group) else len(part)
                if not isinstance(part, Group) and "\n" in part:
                    width = 10**9
        self.flat = width


def shown(value):
    """The text of a value."""
    parts = tree(value, ())
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0]
    out = []
    lay(parts, 0, 0, 0, out)
    return "".join(out)


def lay(parts, column, indent, after, out):
    """Write parts from a column on, leaving room for what comes after; give the column reached."""
    for i, part in enumerate(parts):
        if isinstance(part, str):
            lines = part.split("\n")
            out.append(("\n" + " " * indent).join(lines))
            column = column + len(part) if len(lines) == 1 else indent + len(lines[-1])
            continue
        rest = lead(parts[i + 1:])
        room = rest if i + 1 < len(parts) else after
        if column + part.flat + room <= WIDTH:
            text = []
            flatten(part, text)
            out.extend(text)
            column += part.flat
        else:
            column = spread(part, column, indent, room, out)
    return column


def spread(group, column, indent, after, out):
    out.append(group.opening)
    inner = indent + len(group.opening)
    column += len(group.opening)
    last = len(group.items) - 1
    for i, item in enumerate(group.items):
        if i:
            out.append(",\n" + " " * inner)
            column = inner
        column = lay(item, column, inner, 1 if i < last else len(group.closing) + after, out)
    out.append(group.closing)
    return column + len(group.closing)


def lead(parts):
    """The width of parts up to where a line could end."""
    width = 0
    for part in parts:
        if isinstance(part, str):
            width += len(part)
            continue
        width += len(part.opening)
        if part.items:
            width += lead(part.items[0])
        if len(part.items) > 1:
            return width + 1
        width += len(part.closing)
    return width


def flatten(group, out):
    out.append(group.opening)
    for i, item in enumerate(group.items):
        if i:
            out.append(", ")
        for part in item:
            flatten(part, out) if isinstance(part, Group) else out.append(part)
    out.append(group.closing)


def tree(value, inside):
    """The parts of a value; inside holds what it is an element of."""
    kind = type(value)
    if kind in (int, str, float, bool, complex):
        return [text_of(value)]
    if kind.__repr__ in PLAIN or issubclass(kind, type):
        if id(value) in inside or len(inside) > DEEPEST:
            return [LOOPS.get(kind, "<...>")]
        for base in kind.__mro__:
            if base in SHAPES:
                if base is not kind and kind.__repr__ is not base.__repr__:
                    break
                return SHAPES[base](value, inside + (id(value),))
    own = getattr(kind, "_repr_pretty_", None)
    if kind.__repr__ is object.__repr__ and own is None:
        return ["<%s at 0x%x>" % (full_name(kind), id(value))]
    return [text_of(value)]


def bracket(opening, values, closing, inside):
    items = []
    for i, value in enumerate(values):
        if i == MOST:
            items.append(["..."])
            break
        items.append(tree(value, inside))
    return [Group(opening, items, closing)]


def of_tuple(value, inside):
    return bracket("(", value, ",)" if len(value) == 1 else ")", inside)


def of_set(value, inside):
    name = name_of(type(value))
    opening, closing = ("{", "}") if isinstance(value, set) else (name + "({", "})")
    if not value:
        return [name + "()"]
    elements = value
    if len(value) < MOST:
        try:
            elements = sorted(value)
        except Exception:
            elements = ordered(value)
    return bracket(opening, elements, closing, inside)


def ordered(value):
    """Elements that have no order among themselves, by kind and text."""
    try:
        return sorted(value, key=lambda x: (str(type(x)), x))
    except Exception:
        return list(value)


def of_dict(value, inside):
    items = []
    for i, (k, v) in enumerate(value.items()):
        if i == MOST:
            items.append(["..."])
            break
        items.append(tree(k, inside) + [": "] + tree(v, inside))
    return [Group("{", items, "}")]


def call(name, *arguments):
    return [Group(name + "(", list(arguments), ")")]


def of_counter(value, inside):
    try:
        value = dict(value.most_common())
    except TypeError:  # counts that cannot be ordered
        pass
    return call("Counter", *([of_dict(value, inside)] if value else []))


def of_defaultdict(value, inside):
    return call("defaultdict", tree(value.default_factory, inside), of_dict(value, inside))


def of_ordered(value, inside):
    return call("OrderedDict", *([bracket("[", list(value.items()), "]", inside)] if value else []))


def of_deque(value, inside):
    arguments = [bracket("[", value, "]", inside)]
    if value.maxlen is not None:
        arguments.append(["maxlen=" + text_of(value.maxlen)])
    return call("deque", *arguments)


def of_namespace(value, inside):
    return call("namespace", *([Group(k + "=", [tree(v, inside)], "")] for k, v in value.__dict__.items()))


def full_name(kind):
    """The name of a class with its module, whatever its metaclass says."""
    return "%s.%s" % (plain(str(kind.__module__)), cut(plain(qualname_of_type(kind)), 200))


def short_name(kind):
    """The same, less the modules that nobody names."""
    module, _, name = full_name(kind).partition(".")
    return name if module in ("None", "builtins", "exceptions") else module + "." + name


def of_exception(value, inside):
    return call(short_name(type(value)), *(tree(a, inside) for a in value.args))


def of_type(value, inside):
    if type(value).__repr__ is not type.__repr__:
        return [text_of(value)]
    return [short_name(value)]


def of_function(value, inside):
    name, module = plain(str(getattr(value, "__qualname__", value.__name__))), plain(str(value.__module__))
    if module not in ("None", "", "builtins", "exceptions"):
        name = module + "." + name
    try:
        import inspect

        name += plain(str(inspect.signature(value)))
    except (TypeError, ValueError, ImportError):
        pass
    return ["<function %s>" % name]


SHAPES = {
    list: lambda v, i: bracket("[", v, "]", i), tuple: of_tuple, dict: of_dict, set: of_set, frozenset: of_set,
    collections.Counter: of_counter, collections.defaultdict: of_defaultdict, collections.OrderedDict: of_ordered,
    collections.deque: of_deque, types.SimpleNamespace: of_namespace, BaseException: of_exception, type: of_type,
    types.FunctionType: of_function, types.BuiltinFunctionType: of_function,
}
PLAIN = {kind.__repr__ for kind in SHAPES}
LOOPS = {list: "[...]", tuple: "(...)", dict: "{...}", set: "{...}", frozenset: "frozenset(...)"}
