# Two commands for a fresh machine with Python 3.11 (venv and pip): `make demo` and `make test`.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: demo test lint verify verify-torch bench fuzz pretrained clean

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV); this takes some minutes"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[course,dev]'
	touch $@

# A class of 12 students, graded two at a time; ends with the page to open.
demo: $(STAMP)
	rm -rf demo
	$(BIN)/autograder sample-class demo/class --exercise 11_airpassengers_lstm --students 12 --seed 1
	$(BIN)/autograder grade demo/class --out demo/results --jobs 2

# Everything that must hold: style, types, tests, the built course, every answer through the real path.
# The hostile submissions have the machine to themselves: what they leave behind is looked for everywhere.
test: lint
	$(BIN)/python -m pytest -n 2 --dist worksteal --ignore=tests/hostile
	$(BIN)/python -m pytest tests/hostile
	$(BIN)/autograder build --check
	$(BIN)/autograder verify-course --jobs 2

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

verify: $(STAMP)
	$(BIN)/autograder verify-course --jobs 2

# `make verify-torch EXERCISES="10_lstm_cell"` for some; those without Keras run as ever.
verify-torch: $(STAMP)
	$(BIN)/autograder verify-course $(EXERCISES) --backend torch --jobs 2

# Somewhat over an hour on a machine that does nothing else; see benchmarks/README.md for parts of it.
bench: $(STAMP)
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/bench_regrade.py
	$(BIN)/python benchmarks/bench_class.py
	$(BIN)/python benchmarks/results_page.py

# Some 250,000 inputs to the readers of what students hand in or kernels send; about 40 minutes.
fuzz: $(STAMP)
	AUTOGRADER_FUZZ_EXAMPLES=12000 $(BIN)/python -m pytest tests/fuzz --hypothesis-show-statistics

# The bases of exercises 02 and 08, from their seeds; some twelve minutes.
pretrained: $(STAMP)
	$(BIN)/python datasets/generators/small_digits.py
	$(BIN)/python datasets/generators/small_bert.py

clean:
	rm -rf $(VENV) demo build
