# `make gate` judges, `make documents` makes the pages and workbooks.
DOSSIER = dossier

gate:
	$(DOSSIER) check --format=text --format=junit:dossier-junit.xml

documents: # a closed gate is told in them: only trouble ends make
	$(DOSSIER) run --quiet --output=reports || [ $$? -eq 1 ]

.PHONY: gate documents
