#include "base/tree.h"

#include "tap.h"

/*
 * The inputs and roots published with the Certificate Transparency reference
 * implementations of RFC 6962.
 */
static const struct {
	const char *p;
	size_t n;
	const char *root; /* of the leaves up to this one */
} vectors[] = {
	{ "", 0,
	    "6e340b9cffb37a989ca544e6bb780a2c"
	    "78901d3fb33738768511a30617afa01d" },
	{ "\x00", 1,
	    "fac54203e7cc696cf0dfcb42c92a1d9d"
	    "baf70ad9e621f4bd8d98662f00e3c125" },
	{ "\x10", 1,
	    "aeb6bcfe274b70a14fb067a5e5578264"
	    "db0fa9b51af5e0ba159158f329e06e77" },
	{ "\x20\x21", 2,
	    "d37ee418976dd95753c1c73862b9398f"
	    "a2a2cf9b4ff0fdfe8b30cd95209614b7" },
	{ "\x30\x31", 2,
	    "4e3bbb1f7b478dcfe71fb631631519a3"
	    "bca12c9aefca1612bfce4c13a86264d4" },
	{ "\x40\x41\x42\x43", 4,
	    "76e67dadbcdf1e10e1b74ddc608abd2f"
	    "98dfb16fbce75277b5232a127f2087ef" },
	{ "\x50\x51\x52\x53\x54\x55\x56\x57", 8,
	    "ddb89be403809e325750d3d263cd7892"
	    "9c2942b7942a34b77e122c9594a74c8c" },
	{ "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
	    16,
	    "5dc9da79a70659a9ad559cb701ded9a2"
	    "ab9d823aad2f4960cfe370eff4604328" },
};

static void
agrees_with_published_vectors(void)
{
	unsigned char hash[HASH_SIZE];
	char hex[HASH_HEX_SIZE];
	struct tree tree = { 0 };

	tree_end(&tree, hash);
	hash_write(hash, hex);
	CHECK_STR(hex,
	    "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855");
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		tree_add(&tree, vectors[i].p, vectors[i].n);
		tree_end(&tree, hash);
		hash_write(hash, hex);
		CHECK_STR(hex, vectors[i].root);
	}
}

/* The recursive definition of RFC 6962, section 2.1, word for word. */
static void
by_definition(const char *p, size_t n, unsigned char out[HASH_SIZE])
{
	unsigned char node[1 + 2 * HASH_SIZE] = { 1 };
	unsigned char leaf[2] = { 0 };
	size_t k = 1;

	if (n == 0) {
		hash_bytes("", 0, out);
		return;
	}
	if (n == 1) {
		leaf[1] = (unsigned char)*p;
		hash_bytes(leaf, 2, out);
		return;
	}
	while (2 * k < n)
		k *= 2;
	by_definition(p, k, node + 1);
	by_definition(p + k, n - k, node + 1 + HASH_SIZE);
	hash_bytes(node, sizeof(node), out);
}

static void
agrees_with_the_definition(void)
{
	unsigned char got[HASH_SIZE], want[HASH_SIZE];
	char bytes[200];
	struct tree tree = { 0 };
	size_t n_same = 0;

	for (size_t n = 1; n <= sizeof(bytes); n++) {
		bytes[n - 1] = (char)(n * 37);
		tree_add(&tree, &bytes[n - 1], 1);
		tree_end(&tree, got);
		by_definition(bytes, n, want);
		n_same += memcmp(got, want, HASH_SIZE) == 0;
	}
	CHECK_INT(n_same, sizeof(bytes));
}

static void
takes_files_in_any_order(void)
{
	struct tree_leaf one = { "b.csv", 3, "" };
	struct tree_leaf two = { "a.yaml", 12, "" };
	struct tree_leaf files[2];
	unsigned char hash[HASH_SIZE];
	char forward[HASH_HEX_SIZE], back[HASH_HEX_SIZE], want[HASH_HEX_SIZE];
	char line[128];
	struct tree tree = { 0 };

	hash_hex("abc", 3, one.sha256);
	hash_hex("hello, world", 12, two.sha256);
	files[0] = one;
	files[1] = two;
	tree_root(files, 2, forward);
	CHECK_STR(files[0].path, "b.csv");
	files[0] = two;
	files[1] = one;
	tree_root(files, 2, back);
	CHECK_STR(forward, back);

	snprintf(line, sizeof(line), "%s 12 a.yaml", two.sha256);
	tree_add(&tree, line, strlen(line));
	snprintf(line, sizeof(line), "%s 3 b.csv", one.sha256);
	tree_add(&tree, line, strlen(line));
	tree_end(&tree, hash);
	hash_write(hash, want);
	CHECK_STR(forward, want);
}

static void
counts_a_path_once(void)
{
	struct tree_leaf files[] = { { "b", 1, "" }, { "a", 1, "" },
		{ "b", 1, "" } };
	char twice[HASH_HEX_SIZE], once[HASH_HEX_SIZE];

	for (size_t i = 0; i < 3; i++)
		hash_hex("x", 1, files[i].sha256);
	tree_root(files, 3, twice);
	tree_root(files, 2, once);
	CHECK_STR(twice, once);
	CHECK_INT(tree_sort(files, 3), 2);
	CHECK_STR(files[0].path, "a");
	CHECK_STR(files[1].path, "b");
	CHECK_INT(tree_sort(NULL, 0), 0);
}

static void
notices_each_part_of_a_file(void)
{
	struct tree_leaf file = { "a", 1, "" };
	char whole[HASH_HEX_SIZE], other[HASH_HEX_SIZE];

	hash_hex("x", 1, file.sha256);
	tree_root(&file, 1, whole);
	file.bytes = 2;
	tree_root(&file, 1, other);
	CHECK(strcmp(whole, other) != 0);
	file.bytes = 1;
	file.path = "b";
	tree_root(&file, 1, other);
	CHECK(strcmp(whole, other) != 0);
	file.path = "a";
	hash_hex("y", 1, file.sha256);
	tree_root(&file, 1, other);
	CHECK(strcmp(whole, other) != 0);
	tree_root(NULL, 0, other);
	CHECK_STR(other,
	    "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855");
}

static void
reads_back_a_hash(void)
{
	unsigned char hash[HASH_SIZE], again[HASH_SIZE];
	char hex[HASH_HEX_SIZE];

	hash_bytes("abc", 3, hash);
	hash_write(hash, hex);
	CHECK_INT(hash_read(hex, again), 0);
	CHECK(memcmp(hash, again, HASH_SIZE) == 0);
	hex[0] = 'B';
	CHECK_INT(hash_read(hex, again), -1);
	CHECK_INT(hash_read("", again), -1);
	hex[0] = 'b';
	hex[63] = '\0';
	CHECK_INT(hash_read(hex, again), -1);
}

int
main(void)
{
	agrees_with_published_vectors();
	agrees_with_the_definition();
	takes_files_in_any_order();
	counts_a_path_once();
	notices_each_part_of_a_file();
	reads_back_a_hash();
	return tap_done();
}
