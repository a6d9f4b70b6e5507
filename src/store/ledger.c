#include "store/ledger.h"

#include <stdlib.h>

#include "store/db.h"
#include "store/load.h"

int
ledger_open(struct ledger **out, const char *path, bool read_only,
    struct diag_list *diags)
{
	struct ledger *ledger = memory_grow(NULL, 1, sizeof(*ledger));

	*out = NULL;
	if (db_open(ledger, path, read_only, diags) == -1) {
		ledger_close(ledger);
		return -1;
	}
	*out = ledger;
	return 0;
}

void
ledger_close(struct ledger *ledger)
{
	if (ledger == NULL)
		return;
	db_close(ledger);
	free(ledger);
}

int
ledger_head(struct ledger *ledger, int64_t seq, struct ledger_head *out,
    struct diag_list *diags)
{
	return load_head(ledger, seq, out, diags);
}
