# Bare `make` lists what can be made.
SHELL := /bin/bash
.DEFAULT_GOAL := help

LINT_VERSION := v2.15.0
LINT         := bin/golangci-lint-$(LINT_VERSION)
FUZZTIME     ?= 60s
EMBEDDED     := $(if $(filter 1,$(EMBED)),-tags embedpy)
TESTFLAGS    ?= # more for `go test`, such as -v or -count=1
export CGO_ENABLED := 1

##@ Use

.PHONY: run
run: build ## set up a model server and a model if there is none, and open the app
	@deploy/setup.sh bin/aimo3 || echo 'aimo3: set-up is not complete; the app says what is missing' >&2
	@bin/aimo3

.PHONY: demo
demo: build ## solve docs/demo/problem.txt without a screen, set-up included
	@deploy/setup.sh bin/aimo3
	@deploy/demo.sh bin/aimo3

.PHONY: build
build: ## build bin/aimo3; needs Go and a C compiler; EMBED=1 puts a Python in, EMBED=0 none
	@tags=$$(deploy/embed.sh) && go build -tags "$$tags" -o bin/aimo3 .

##@ Check

.PHONY: test
test: ## run every test
	@go test -timeout 60m $(TESTFLAGS) ./...

.PHONY: race
race: ## run every test with the race detector, in random order
	@go test -race -shuffle=on -timeout 60m $(TESTFLAGS) ./...

.PHONY: cells
cells: ## run every recorded cell of a strong model and compare the outputs; long; EMBED=1 for the embedded Python, CELL=5s
	@AIMO3_CELLS=all AIMO3_CELLS_LIMIT=$(CELL) go test $(EMBEDDED) ./engine/compute/python -run RecordedCells -count=1 -p 1 -v -timeout 120m

.PHONY: replay-votes
replay-votes: ## decide votes of recorded traces by each stop rule: accuracy and tokens saved
	@go test ./engine/rescore -run ReplayVotes -count=1 -v $(TESTFLAGS)

.PHONY: rescore
rescore: ## score recorded samples anew: answers read as recorded, stop rules, stored solutions, votes of three
	@AIMO3_SHARED=required go test ./engine/rescore -run 'Recorded|ReplayVotes|Stored|ThreeSamples' -count=1 -v $(TESTFLAGS)

.PHONY: replay
replay: ## solve PROBLEMS=20 recorded problems against a server that replays a strong model, code really run; STOP=none, FENCES=1, PARALLEL=2, CELL=60s; long
	@AIMO3_REPLAY=$(or $(PROBLEMS),20) AIMO3_REPLAY_STOP=$(STOP) AIMO3_REPLAY_FENCES=$(FENCES) AIMO3_REPLAY_PARALLEL=$(PARALLEL) AIMO3_REPLAY_CELL=$(CELL) go test . -run TestReplay -count=1 -v -timeout 120m

.PHONY: chaos
chaos: ## make ATTEMPTS=200 attempts at recorded problems, at a server that fails in every way; STORM=20x100000 frames, SEQUENCES=100000 of requests; long
	@AIMO3_STORM=$(or $(STORM),20x100000) go test ./engine/ollama -run TestStorm -count=1 -v -timeout 60m
	@go test ./engine/resilience -run AgainstAModel -count=1 -v -timeout 60m -rapid.checks=$(or $(SEQUENCES),100000)
	@AIMO3_CHAOS=$(or $(ATTEMPTS),200) go test . -run TestChaos -count=1 -v -timeout 240m

.PHONY: answers
answers: ## compare and read recorded answers: right, wrongly equal, missed, and the time of each
	@AIMO3_SHARED=required go test ./engine/answer ./engine/answer/extract -run 'Vectors|Recorded' -bench 'Vectors|Hostile' -benchtime 3x -count=1 -p 1 -v

.PHONY: ablation
ablation: ## switch off each step of comparing answers in turn: what changes; long
	@ANSWER_ABLATION=1 AIMO3_SHARED=required go test ./engine/answer -run '^TestAblation$$' -count=1 -v -timeout 60m

.PHONY: e2e
e2e: build ## run the program against a real Ollama server and real models
	@.ci/e2e

.PHONY: api
api: build ## ask the program as a server: schemathesis with EXAMPLES=50, the OpenAI client, llm and curl on a real model
	@EXAMPLES=$(EXAMPLES) .ci/api

.PHONY: alerts
alerts: ## have promtool read the rules and dashboards of deploy, and test every alert
	@.ci/prometheus

.PHONY: unit
unit: ## have systemd read the service of deploy, and say how open it is
	@.ci/unit

.PHONY: security
security: ## run the tests of security, area by area, and print the counts
	@.ci/security $(TESTFLAGS)

.PHONY: attacks
attacks: ## attack the program as a server in every way, by MANY=500 connections each; print who was answered and what it held
	@AIMO3_ATTACKS=$(or $(MANY),500) go test . -run '^TestAttacks$$' -count=1 -v -timeout 60m

.PHONY: recover-times
recover-times: ## kill the server, the model server and Redis, lock the database: print the time to the next answer
	@go test . -run '^TestReadyAgain$$' -count=1 -v -timeout 60m

.PHONY: soak
soak: ## ask the program as a server for 100 attempts a minute, 1 % of the model server's replies failing; TIME=2h; long
	@AIMO3_SOAK=$(or $(TIME),2h) go test . -run '^TestSoak$$' -count=1 -v -timeout 24h

.PHONY: fire
fire: ## kill the program at every write call, inject faults of the disk, kill it 50 times at random; needs strace
	@AIMO3_STRACE=required STORE_FIRE=all STORE_KILLS=$(or $(KILLS),50) go test ./store ./tui/cli -run 'KilledAtEveryWrite|FaultsOfTheDisk|LostToAKill|Program/survives' -count=1 -p 1 -v -timeout 120m

.PHONY: lint
lint: $(LINT) ## check form and common mistakes
	@$(LINT) run

.PHONY: fmt
fmt: $(LINT) ## format all Go files
	@$(LINT) fmt

.PHONY: vuln
vuln: ## look for known vulnerabilities that the program reaches
	@.ci/vuln

.PHONY: dead
dead: ## look for functions that nothing calls
	@.ci/dead

.PHONY: bench
bench: ## run the benchmarks
	@go test -run '^$$' -bench . -benchmem ./...

.PHONY: bench-large
bench-large: ## search ATTEMPTS=100000 attempts with TEXT=50000 bytes of replies each, 5 GB of text; long, in the folder TMPDIR
	@AIMO3_SEARCHED=$(or $(ATTEMPTS),100000)x$(or $(TEXT),50000) go test -run '^$$' -bench Search -benchtime 20x -timeout 12h ./store

.PHONY: fuzz
fuzz: ## run each fuzz target for FUZZTIME (60s)
	@deploy/fuzz.sh $(FUZZTIME)

##@ Pictures

.PHONY: golden
golden: ## rewrite the golden frames from what is drawn now; read the diff
	@go test $$(go list -f '{{range .TestImports}}{{.}} {{end}}{{range .XTestImports}}{{.}} {{end}}{{.ImportPath}}' ./... | awk '/tuitest|exp\/golden/ { print $$NF }') -update

.PHONY: shots
shots: build ## take the screenshots of docs/images
	@deploy/shots.sh bin/aimo3

.PHONY: help
help:
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z0-9-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Built from source by Go itself: about 3 minutes, once.
$(LINT):
	@echo 'installing golangci-lint $(LINT_VERSION), about 3 minutes, once'
	@GOBIN=$(CURDIR)/bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	@mv bin/golangci-lint $@
