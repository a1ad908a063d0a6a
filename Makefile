# Thin names for do.py, which does the work. PORT=9000 make demo, make test ARGS="-k payments".
PYTHON ?= python3

.PHONY: demo test lint check serve wheel
demo serve check lint wheel:
	@exec $(PYTHON) do.py $@ $(ARGS)
test:
	@exec $(PYTHON) do.py test $(ARGS)
