# What cells print to.


class Kept:
    """What a cell printed: a head and a tail of it."""

    __slots__ = ("half", "head", "tail", "dropped")

    def __init__(self, most):
        self.half = most // 2
        self.clear()

    def clear(self):
        self.head, self.tail, self.dropped = bytearray(), bytearray(), 0

    def put(self, octets):
        room = self.half - len(self.head)
        if room > 0:
            self.head += octets[:room]
            octets = octets[room:]
        if octets:
            self.tail += octets
            if len(self.tail) > 2 * self.half:
                self.trim()

    def write(self, text):
        step = 1 << 20
        for at in range(0, len(text), step):
            self.put(text[at : at + step].encode("utf-8", "backslashreplace"))

    def trim(self):
        over = len(self.tail) - self.half
        if over > 0:
            self.dropped += over
            del self.tail[:over]

    def take(self):
        self.trim()
        dropped, head, tail = self.dropped, bytes(self.head), bytes(self.tail)
        self.clear()
        if not dropped:
            return (head + tail).decode("utf-8", "replace"), 0
        middle = "\n[… %d bytes dropped …]\n" % dropped
        return head.decode("utf-8", "ignore") + middle + tail.decode("utf-8", "ignore"), dropped


class Screen(io.TextIOBase):
    """sys.stdout and sys.stderr of cells, which may do to it what they like."""

    encoding, errors, newlines, line_buffering = "utf-8", "backslashreplace", None, False

    def __init__(self, kept):
        self.kept = kept

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not " + type(text).__name__)
        self.kept.write(text)
        return len(text)

    def writable(self):
        return True

    def reconfigure(self, **_):
        pass

    def close(self):
        pass

    @property
    def buffer(self):
        return Octets(self.kept)


class Octets(io.RawIOBase):
    """The side of the screen that takes bytes."""

    def __init__(self, kept):
        self.kept = kept

    def write(self, octets):
        octets = bytes(octets)
        self.kept.put(octets)
        return len(octets)

    def writable(self):
        return True

    def close(self):
        pass
