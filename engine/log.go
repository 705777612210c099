package engine

import "log/slog"

// Dump is the level of a log below debug: of every event and every message of the
// screen, for who looks for a mistake of this program.
const Dump = slog.LevelDebug - 4
