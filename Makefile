# dossier: documents for the EU AI Act, from plain files, in one offline run.
#
#   make            build build/dossier
#   make run        install what is missing, build, run the samples into reports/
#   make test       install what is missing, build, run all tests
#   make check      format, layers, shape of the code, manual pages
#   make check-asan the tests under AddressSanitizer and UBSan
#   make fuzz       build the fuzzers (clang) and run each FUZZ_SECONDS long
#   make syntax     only what CC warns of in what the fuzzers do not hold
#   make coverage   write covered in obligations.yaml as the rules have it
#   make bench      speed, as ratios to peers and limits in the same run
#   make simulate   coverage of intervals and false alarms of verdicts
#   make install    PREFIX=/usr/local DESTDIR=
#   make uninstall
#   make clean
#
# V=1 shows every command.

PREFIX = /usr/local
DESTDIR =
BUILD = build
CFLAGS = -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
SAN =
FUZZ_SECONDS = 60
VERSION := 0.1.0
Q = $(if $(V),,@)
JOBS = -j$(shell nproc 2>/dev/null || echo 1)

PKGS = libxml-2.0 xlsxwriter sqlite3 yaml-0.1 libpcre2-8 libcrypto zlib
WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wpointer-arith -Wvla \
	-Wwrite-strings -Wcast-qual -Wformat=2 -Wundef $(if $(CI),-Werror)
SANFLAGS = $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all \
	-fno-omit-frame-pointer -U_FORTIFY_SOURCE)
ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -Isrc $(WARN) \
	-DDOSSIER_VERSION='"$(VERSION)"' \
	-DDOSSIER_DATADIR='"$(PREFIX)/share/dossier"' \
	$(shell pkg-config --cflags $(PKGS)) $(CFLAGS) $(SANFLAGS) -MMD -MP
LIBS = $(shell pkg-config --libs $(PKGS)) -lm

LIB_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard src/*/*.c)))
UNIT_BIN := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,\
	$(sort $(wildcard tests/unit/t_*.c)))
BENCH_BIN := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,\
	$(sort $(wildcard tests/bench/bench_*.c)))
FUZZ_BIN := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,\
	$(sort $(wildcard tests/fuzz/fuzz_*.c)))

all: $(BUILD)/compiled

run:
	@sh .ci/install build
	@$(MAKE) --no-print-directory $(JOBS) all
	@$(BUILD)/dossier run --config samples/dossier.yaml --output reports || \
	test $$? -eq 1

test:
	@sh .ci/install test
	@$(MAKE) --no-print-directory $(JOBS) tests
	@BUILD=$(BUILD) sh tests/run.sh

tests: all $(UNIT_BIN)

check:
	@BUILD=$(BUILD) sh tests/check.sh

check-asan:
	@$(MAKE) --no-print-directory $(JOBS) BUILD=$(BUILD)-asan CFLAGS='-O1 -g' \
	SAN=address,undefined tests
	@BUILD=$(BUILD)-asan sh tests/run.sh

fuzz:
	@$(MAKE) --no-print-directory $(JOBS) BUILD=$(BUILD)-fuzz CC=clang \
	CFLAGS='-O1 -g' SAN=fuzzer-no-link,address,undefined fuzzers
	@BUILD=$(BUILD)-fuzz sh tests/fuzz.sh $(FUZZ_SECONDS)

fuzzers: $(FUZZ_BIN)

syntax:
	@printf '%s\n' src/main.c tests/unit/*.c tests/bench/*.c | xargs $(JOBS:-j%=-P%) -n 8 \
	$(CC) $(filter-out -MMD -MP,$(ALL_CFLAGS)) -fsyntax-only

# By way of a second file: what is read must not be written meanwhile.
OBLIGATIONS = schemas/eu-ai-act/obligations.yaml
coverage: $(BUILD)/dossier
	$(Q)$(BUILD)/dossier rules coverage --data=. --format=yaml \
	>$(BUILD)/coverage.yaml
	$(Q)cmp -s $(BUILD)/coverage.yaml $(OBLIGATIONS) || \
	cp $(BUILD)/coverage.yaml $(OBLIGATIONS)

bench: all $(BENCH_BIN)
	@BUILD=$(BUILD) python3 tests/bench.py

# How often intervals hold the truth and verdicts cry wolf; half a minute.
simulate: $(BUILD)/bench/bench_coverage $(BUILD)/bench/bench_simulate
	@$(BUILD)/bench/bench_coverage
	@$(BUILD)/bench/bench_simulate $(TRIALS)

$(BUILD)/dossier: $(BUILD)/src/main.o $(BUILD)/libdossier.a
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# The trees of vocabulary and rules, so that a start need not parse them.
$(BUILD)/compiled: $(BUILD)/dossier $(wildcard schemas/*.yaml schemas/*/*.yaml)
	@echo "  RULES schemas/.compiled"
	$(Q)$(BUILD)/dossier rules compile -q --data=.
	@touch $@

$(BUILD)/libdossier.a: $(LIB_OBJ)
	@rm -f $@
	@echo "  AR    $@"
	$(Q)$(AR) qcs $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(BUILD)/libdossier.a
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/bench/%: $(BUILD)/tests/bench/%.o $(BUILD)/libdossier.a
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/libdossier.a
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LIBS)

# Holds the flags of the last build: a change of CFLAGS rebuilds everything.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS)' | cmp -s - $@ || \
	echo '$(CC) $(ALL_CFLAGS)' >$@

# The page is made, not kept: it cannot fall behind the rules.
$(BUILD)/dossier-coverage.7: $(BUILD)/dossier $(wildcard schemas/eu-ai-act/*.yaml)
	@echo "  MAN   $@"
	$(Q)$(BUILD)/dossier rules coverage --data=. --format=man >$@.new
	$(Q)mv $@.new $@

install: $(BUILD)/compiled $(BUILD)/dossier-coverage.7
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
	$(DESTDIR)$(PREFIX)/share/man/man7 $(DESTDIR)$(PREFIX)/share/dossier
	install -m 755 $(BUILD)/dossier $(DESTDIR)$(PREFIX)/bin
	install -m 644 src/man/dossier.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 src/man/dossier-rules.7 src/man/dossier-metrics.7 \
	$(BUILD)/dossier-coverage.7 \
	$(DESTDIR)$(PREFIX)/share/man/man7
	cp -R schemas templates $(DESTDIR)$(PREFIX)/share/dossier

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/dossier \
	$(DESTDIR)$(PREFIX)/share/man/man1/dossier.1 \
	$(DESTDIR)$(PREFIX)/share/man/man7/dossier-rules.7 \
	$(DESTDIR)$(PREFIX)/share/man/man7/dossier-metrics.7 \
	$(DESTDIR)$(PREFIX)/share/man/man7/dossier-coverage.7
	rm -rf $(DESTDIR)$(PREFIX)/share/dossier

clean:
	rm -rf $(BUILD) $(BUILD)-asan $(BUILD)-fuzz schemas/.compiled

FORCE:
.PHONY: all run test tests check check-asan fuzz fuzzers syntax coverage bench \
	simulate install uninstall clean FORCE
.SECONDARY:

-include $(LIB_OBJ:.o=.d) $(BUILD)/src/main.d
-include $(patsubst %.c,$(BUILD)/%.d,$(wildcard tests/*/*.c))
