package prompt

// Strategies are all that Strategy knows.
var Strategies = strategies
