package observe

import "github.com/aimo3/aimo3/engine"

// kind is what the values of a family are.
type kind int

const (
	counter kind = iota // each adds to a total
	gauge               // what is so now; looked at once a minute
	spread              // each is one of many, of which percentiles tell
	level               // what is so now; told again and again, and all of it is kept
)

// family is the series of one name: the number of its row in families.
type family int

// The families.
const (
	attempts family = iota
	attemptSeconds
	samples
	faults
	phaseSeconds
	inPhase
	firstSeconds
	tokens
	tokenRate
	retries
	breakers
	breakerMoves
	cacheLooks
	commitSeconds
	cells
	cellSeconds
	sandboxKills
	lostEvents
	memory
	goroutines
	machineCPU
	machineMemory
	machineDisk
	gpuBusy
	gpuMemory
	gpuPower
	gpuTemperature
	requests
	serving
	failedAttempts
	checkState
	storeGaps
	auditWarnings
)

// families say what each is. Durations are in seconds, sizes in bytes.
var families = [...]struct {
	name, help string
	kind       kind
	label      string // the name of its label; "" if it has none
}{
	attempts:       {"aimo3_attempts_total", "Attempts that ended, by why.", counter, "outcome"},
	attemptSeconds: {"aimo3_attempt_seconds", "How long attempts took.", spread, ""},
	samples:        {"aimo3_samples_total", "Samples that ended, by how.", counter, "outcome"},
	faults:         {"aimo3_faults_total", "Samples that failed, by the class of the fault.", counter, "class"},
	phaseSeconds:   {"aimo3_phase_seconds", "How long samples stayed in a phase.", spread, "phase"},
	inPhase:        {"aimo3_running_samples", "Samples that run now, by phase.", gauge, "phase"},
	firstSeconds:   {"aimo3_first_token_seconds", "From asking for a reply to its first text.", spread, ""},
	tokens:         {"aimo3_tokens_total", "Tokens generated, as the server counted them; of samples that failed or were stopped, as they were heard.", counter, ""},
	tokenRate:      {"aimo3_tokens_per_second", "Speed of generation of replies that ended.", spread, ""},
	retries:        {"aimo3_retries_total", "Replies that were asked for again, by the class of the fault.", counter, "class"},
	breakers:       {"aimo3_breakers", "Breakers by state.", gauge, "state"},
	breakerMoves:   {"aimo3_breaker_changes_total", "Changes of breakers, by the state that followed.", counter, "state"},
	cacheLooks:     {"aimo3_cache_lookups_total", "Lookups of verdicts, by the tier that had one; none if none had.", counter, "tier"},
	commitSeconds:  {"aimo3_store_commit_seconds", "How long transactions of the store took, with their sync.", spread, ""},
	cells:          {"aimo3_cells_total", "Cells that ran, by how they ended.", counter, "outcome"},
	cellSeconds:    {"aimo3_cell_seconds", "How long cells ran.", spread, ""},
	sandboxKills:   {"aimo3_sandbox_kills_total", "Cells whose session had to be ended.", counter, ""},
	lostEvents:     {"aimo3_lost_events_total", "Gaps in event numbers; should be 0.", counter, ""},
	memory:         {"aimo3_memory_bytes", "Memory that the Go runtime holds.", gauge, ""},
	goroutines:     {"aimo3_goroutines", "Goroutines of this program.", gauge, ""},
	machineCPU:     {"aimo3_machine_cpu_ratio", "How busy all cores of the machine are.", level, ""},
	machineMemory:  {"aimo3_machine_memory_ratio", "How full the machine's memory is.", level, ""},
	machineDisk:    {"aimo3_machine_disk_ratio", "How full the disk with the database is.", level, ""},
	gpuBusy:        {"aimo3_gpu_busy_ratio", "How busy a GPU is.", level, "gpu"},
	gpuMemory:      {"aimo3_gpu_memory_ratio", "How full the memory of a GPU is.", level, "gpu"},
	gpuPower:       {"aimo3_gpu_power_watts", "Power that a GPU draws.", level, "gpu"},
	gpuTemperature: {"aimo3_gpu_temperature_celsius", "Temperature of a GPU.", level, "gpu"},
	requests:       {"aimo3_requests_total", "Requests to /v1 that were answered, by status.", counter, "status"},
	serving:        {"aimo3_server_attempts", "Attempts of this server, by whether they run or wait.", gauge, "state"},
	failedAttempts: {"aimo3_failed_attempts_total", "Attempts of this server that a fault ended, by its class.", counter, "class"},
	checkState:     {"aimo3_check_state", "What a check found last: 0 pass, 1 warn, 2 fail; of several findings the worst.", gauge, "component"},
	storeGaps:      {"aimo3_store_gaps_total", "Times that events could not be kept for want of room.", counter, ""},
	auditWarnings:  {"aimo3_audit_warnings_total", "Warnings of the audit log: what could not be recorded or signed.", counter, ""},
}

// fromZero are series that are shown from the beginning: 0 can be seen, and so can their
// first rise, which a rate needs two values for.
var fromZero = [...]key{
	{lostEvents, ""},
	{storeGaps, ""},
	{auditWarnings, ""},
	{failedAttempts, string(engine.Storage)},
	{requests, "500"},
	{requests, "503"},
}
