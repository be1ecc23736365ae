# OneVisit. To begin with: `make validate` and `make test`.
.POSIX:

CONFIGURATION = release
PROGRAM = .build/$(CONFIGURATION)/onevisit
SWIFT_FLAGS =

.PHONY: all build validate test check lint format guard planted faults tools deps bench docs golden docc fuzz screenshots \
	install clean

all: build

# Installs the libraries and their headers if they are missing: libxml2, libxlsxwriter, minizip.
deps:
	@scripts/install-libraries

build: deps
	scripts/build-release -c $(CONFIGURATION) $(SWIFT_FLAGS)

# Checks the catalog of this repository.
validate: build
	$(PROGRAM) validate catalog

# Runs every test. A test whose tool is missing is skipped and says so; `make tools` installs the tools.
test: deps
	scripts/test

# Checks the source format and the release build: instruction counts, planted defects, faults.
check: lint guard planted
	FAULTS_MATTERS=$${FAULTS_MATTERS:-20000} scripts/faults

# Checks the format of every Swift file; `make format` corrects it.
lint:
	scripts/lint

format:
	scripts/format

# Compares instructions and allocations with Benchmarks/guard.json. Skipped, with a message, without valgrind.
guard: deps
	scripts/guard || [ $$? -eq 77 ]

# Plants each kind of defect in generated catalogs and compares the findings with it.
planted: deps
	scripts/planted

# Load and faults at a million matters: some minutes, 4 GB of memory and of disk.
faults: deps
	scripts/faults

# Installs the tools that the output is checked with: xmllint, xsltproc, Xerces, LibreOffice, Chromium, and a Python
# environment in .tools with frictionless, jsonschema, xmlschema, junitparser, selenium and axe.
tools:
	scripts/install-tools

# Draws every HTML page in both languages at 1440 and 390 pixels and on A4 into .screenshots, and the pictures of README.
screenshots: build
	scripts/screenshots

# Rewrites golden files and the pages that are generated from the code.
docs golden: deps
	UPDATE_GOLDEN=1 swift test $(SWIFT_FLAGS)

# Builds the documentation of the library with DocC.
docc: deps
	scripts/docc

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
	rm -rf .build .build-docs .build-fuzz
