#define _GNU_SOURCE /* statfs() */
#include "store/db.h"

#include <linux/magic.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>

#include "store/ledger.h"
#include "store/table.h"

enum {
	APPLICATION_ID = 0x444f5353, /* "DOSS", in the header of the file */
	USER_VERSION = 1,
	BUSY_MS = 5000,
	LENGTH_LIMIT = 16 * 1024 * 1024
};

/* What linux/magic.h of Debian 12 lacks. */
#define MAGIC_SMB2 0xfe534d42UL
#define MAGIC_CEPH 0x00c36400UL

/* What a code of SQLite means to the one who runs the program. */
static const struct {
	int code;
	const char *words;
} failures[] = {
	{ SQLITE_CANTOPEN_SYMLINK,
	    "the path goes over a symbolic link; name the file itself" },
	{ SQLITE_READONLY_ROLLBACK,
	    "a killed run is to be undone first; open it once for writing" },
	{ SQLITE_NOTADB, "the file is not a ledger" },
	{ SQLITE_CORRUPT, "the file is damaged; restore it from a copy" },
	{ SQLITE_BUSY, "another program is using it" },
	{ SQLITE_LOCKED, "another program is using it" },
	{ SQLITE_FULL, "the disk is full" },
	{ SQLITE_IOERR, "the disk reports an error" },
	{ SQLITE_CANTOPEN, "the file cannot be opened" },
	{ SQLITE_READONLY, "the file may not be written" },
	{ SQLITE_PERM, "the file may not be opened" },
	{ SQLITE_CONSTRAINT, "its rows contradict each other" },
	{ SQLITE_TOOBIG, "a text is too long for it" },
};

int
db_fail(const struct ledger *ledger, struct diag_list *diags)
{
	int code = sqlite3_extended_errcode(ledger->db);

	if ((code & 0xff) == SQLITE_NOMEM || ledger->db == NULL)
		memory_exhausted();
	for (size_t i = 0; i < sizeof(failures) / sizeof(*failures); i++)
		if (failures[i].code == code ||
		    failures[i].code == (code & 0xff))
			return db_refuse(ledger, failures[i].words, diags);
	diag_add(diags, DIAG_LEDGER, (struct pos){ ledger->path, 0, 0 },
	    "the database reports failure %d", code);
	return -1;
}

int
db_refuse(const struct ledger *ledger, const char *why, struct diag_list *diags)
{
	diag_add(
	    diags, DIAG_LEDGER, (struct pos){ ledger->path, 0, 0 }, "%s", why);
	return -1;
}

int
db_exec(const struct ledger *ledger, const char *sql, struct diag_list *diags)
{
	if (sqlite3_exec(ledger->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_fail(ledger, diags);
	return 0;
}

sqlite3_stmt *
db_prepare(
    const struct ledger *ledger, const char *sql, struct diag_list *diags)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(ledger->db, sql, -1, &statement, NULL) !=
	    SQLITE_OK)
		db_fail(ledger, diags);
	return statement;
}

int
db_step(const struct ledger *ledger, sqlite3_stmt *statement,
    struct diag_list *diags)
{
	switch (sqlite3_step(statement)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	default:
		return db_fail(ledger, diags);
	}
}

/* Whether the folder of the file is on a file system of another machine. */
static bool
is_remote(const char *path, struct arena *arena)
{
	static const unsigned long remote[] = { NFS_SUPER_MAGIC,
		SMB_SUPER_MAGIC, CIFS_SUPER_MAGIC, MAGIC_SMB2, MAGIC_CEPH,
		CODA_SUPER_MAGIC, AFS_SUPER_MAGIC };
	const char *slash = strrchr(path, '/');
	struct statfs fs;
	const char *folder = slash == NULL ? "." :
	    slash == path                  ? "/" :
			    arena_dup(arena, path, (size_t)(slash - path));

	if (statfs(folder, &fs) == -1)
		return false; /* opening it will say why */
	for (size_t i = 0; i < sizeof(remote) / sizeof(*remote); i++)
		if (((unsigned long)fs.f_type & 0xffffffff) == remote[i])
			return true;
	return false;
}

static int
open_file(struct ledger *ledger, bool read_only, struct diag_list *diags)
{
	int flags = SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE |
	    SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOMUTEX |
	    (read_only ? SQLITE_OPEN_READONLY :
			 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
	/* A bare ":memory:" or "" would not be a file. */
	const char *name = ledger->path[0] == '/' ?
	    ledger->path :
	    arena_printf(diags->arena, "./%s", ledger->path);

	if (is_remote(ledger->path, diags->arena))
		return db_refuse(ledger,
		    "it lies on a network file system; use a local disk",
		    diags);
	if (sqlite3_open_v2(name, &ledger->db, flags, NULL) != SQLITE_OK)
		return db_fail(ledger, diags);
	return 0;
}

/* Trust nothing that stands in the file. */
static int
defend(const struct ledger *ledger, struct diag_list *diags)
{
	static const struct {
		int option;
		int value;
	} options[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (sqlite3_db_config(ledger->db, options[i].option,
			options[i].value, NULL) != SQLITE_OK)
			return db_fail(ledger, diags);
	sqlite3_limit(ledger->db, SQLITE_LIMIT_LENGTH, LENGTH_LIMIT);
	sqlite3_limit(ledger->db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_busy_timeout(ledger->db, BUSY_MS);
	return db_exec(ledger,
	    "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; "
	    "PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL",
	    diags);
}

/* The number that a statement gives.  Return 0, or -1 with DIAG_LEDGER. */
static int
read_number(const struct ledger *ledger, const char *sql, int64_t *out,
    struct diag_list *diags)
{
	sqlite3_stmt *statement = db_prepare(ledger, sql, diags);
	int rc = statement != NULL ? db_step(ledger, statement, diags) : -1;

	if (rc == 1)
		*out = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return rc == 1 ? 0 : -1;
}

/* Make all tables of an empty file, in one transaction. */
static int
create(const struct ledger *ledger, struct diag_list *diags)
{
	char sql[96];

	if (db_exec(ledger, "PRAGMA journal_mode = DELETE; BEGIN IMMEDIATE",
		diags) == -1)
		return -1;
	for (size_t i = 0; i < N_TABLES; i++)
		if (db_exec(ledger, tables[i].create, diags) == -1)
			return -1;
	snprintf(sql, sizeof(sql),
	    "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT",
	    APPLICATION_ID, USER_VERSION);
	return db_exec(ledger, sql, diags);
}

/* Refuse what another program, or a later version of this one, has made. */
static int
check_origin(
    const struct ledger *ledger, bool read_only, struct diag_list *diags)
{
	int64_t application = 0, version = 0, n = 0;

	if (read_number(ledger, "PRAGMA application_id", &application, diags) ==
		-1 ||
	    read_number(ledger, "PRAGMA user_version", &version, diags) == -1 ||
	    read_number(
		ledger, "SELECT count(*) FROM sqlite_schema", &n, diags) == -1)
		return -1;
	if (application == 0 && version == 0 && n == 0 && !read_only)
		return create(ledger, diags);
	if (application != APPLICATION_ID)
		return db_refuse(
		    ledger, "the file is not a ledger of dossier", diags);
	if (version > USER_VERSION)
		return db_refuse(ledger,
		    "a newer version of dossier has made it; use that one",
		    diags);
	if (version != USER_VERSION)
		return db_refuse(ledger, "its version is not known", diags);
	return 0;
}

/* A statement that is not ours, such as a trigger, could rewrite rows. */
static int
check_schema(const struct ledger *ledger, struct diag_list *diags)
{
	sqlite3_stmt *statement = db_prepare(
	    ledger, "SELECT sql FROM sqlite_schema WHERE sql NOT NULL", diags);
	size_t n = 0, known = 0;
	int rc = -1;

	while (statement != NULL &&
	    (rc = db_step(ledger, statement, diags)) == 1) {
		const char *sql =
		    (const char *)sqlite3_column_text(statement, 0);

		n++;
		for (size_t i = 0; i < N_TABLES; i++)
			known +=
			    sql != NULL && strcmp(sql, tables[i].create) == 0;
	}
	sqlite3_finalize(statement);
	if (rc == 0 && (n != N_TABLES || known != N_TABLES))
		return db_refuse(
		    ledger, "its tables are not those of a ledger", diags);
	return rc;
}

/* Let SQLite look at each page. */
static int
check_pages(const struct ledger *ledger, struct diag_list *diags)
{
	sqlite3_stmt *statement =
	    db_prepare(ledger, "PRAGMA quick_check(1)", diags);
	int rc = statement != NULL ? db_step(ledger, statement, diags) : -1;
	const char *word =
	    rc == 1 ? (const char *)sqlite3_column_text(statement, 0) : NULL;
	bool is_good = word != NULL && strcmp(word, "ok") == 0;

	sqlite3_finalize(statement);
	if (rc == 1 && !is_good)
		return db_refuse(ledger,
		    "the file is damaged; restore it from a copy", diags);
	return rc == 1 ? 0 : -1;
}

/* Open the file and prove that it is a ledger; an empty one becomes one. */
static int
open_ledger(struct ledger *ledger, bool read_only, struct diag_list *diags)
{
	if (open_file(ledger, read_only, diags) == -1 ||
	    defend(ledger, diags) == -1 ||
	    check_origin(ledger, read_only, diags) == -1 ||
	    check_schema(ledger, diags) == -1 ||
	    check_pages(ledger, diags) == -1)
		return -1;
	if (read_only)
		return 0;
	return db_exec(ledger, "PRAGMA journal_mode = DELETE", diags);
}

int
ledger_open(struct ledger **out, const char *path, bool read_only,
    struct diag_list *diags)
{
	struct ledger *ledger = memory_grow(NULL, 1, sizeof(*ledger));

	*ledger = (struct ledger){ NULL, path };
	*out = NULL;
	if (open_ledger(ledger, read_only, diags) == -1) {
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
	sqlite3_close(ledger->db);
	free(ledger);
}
