# OneVisit: the two commands that a newcomer needs are `make validate` and `make test`.
.POSIX:

CONFIGURATION = release
PROGRAM = .build/$(CONFIGURATION)/onevisit
# The program then needs nothing of Swift where it runs, and starts faster.
STATIC = --static-swift-stdlib
SWIFT_FLAGS =

.PHONY: all build validate test check guard planted faults tools deps bench docs golden fuzz install clean

all: build

# libxml2 and its headers, where they are missing.
deps:
	@scripts/install-libxml2

build: deps
	swift build -c $(CONFIGURATION) --product onevisit $(STATIC) $(SWIFT_FLAGS)

# Checks the catalog of this repository.
validate: build
	$(PROGRAM) validate catalog

# Everything that can be tested here. A test whose tool is missing says so and is skipped; `make tools` brings the tools.
test: deps
	scripts/test

# What takes the program as it is shipped: no slower than it was, every planted defect counted, faults survived.
check: guard planted
	FAULTS_MATTERS=$${FAULTS_MATTERS:-20000} scripts/faults

# Instructions and allocations against Benchmarks/guard.json. Without valgrind it is skipped, and says so.
guard: deps
	scripts/guard || [ $$? -eq 77 ]

# Each kind of defect is planted in grown catalogs, and counted.
planted: deps
	scripts/planted

# Load and faults at a million matters: some minutes, 4 GB of memory and of disk.
faults: deps
	scripts/faults

# The tools of other people that our output is checked with: xmllint, xsltproc, Xerces, LibreOffice, and a Python
# environment in .tools with frictionless, jsonschema, xmlschema and junitparser.
tools:
	scripts/install-tools

# Pages and golden files that are made from the code.
docs golden: deps
	UPDATE_GOLDEN=1 swift test $(SWIFT_FLAGS)

bench: deps
	scripts/bench

fuzz: deps
	scripts/fuzz

# PREFIX=/usr/local by default.
PREFIX = /usr/local
install: build
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/onevisit

clean:
	rm -rf .build
