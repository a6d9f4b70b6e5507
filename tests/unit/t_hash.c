#include "base/hash.h"

#include <stdlib.h>

#include "tap.h"

/* The vectors of FIPS 180-4's examples, and the million-a test. */
static void
gives_the_published_digests(void)
{
	static const struct {
		const char *text;
		const char *want;
	} vectors[] = {
		{ "",
		    "e3b0c44298fc1c149afbf4c8996fb924"
		    "27ae41e4649b934ca495991b7852b855" },
		{ "abc",
		    "ba7816bf8f01cfea414140de5dae2223"
		    "b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		    "248d6a61d20638b8e5c026930c3e6039"
		    "a33ce45964ff2167f6ecedd419db06c1" },
		{ "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
		  "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
		    "cf5b16a778af8380036ce59e7b049237"
		    "0b249b11e8f07a51afac45037afee9d1" },
	};
	char out[HASH_HEX_SIZE];

	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		hash_hex(vectors[i].text, strlen(vectors[i].text), out);
		CHECK_STR(out, vectors[i].want);
	}
}

static void
hashes_a_million(void)
{
	const size_t n = 1000000;
	char *p = malloc(n);
	char out[HASH_HEX_SIZE];

	if (p == NULL)
		return;
	memset(p, 'a', n);
	hash_hex(p, n, out);
	CHECK_STR(out,
	    "cdc76e5c9914fb9281a1c7e284d73e67"
	    "f1809a48a497200e046d39ccc7112cd0");
	free(p);
}

static void
agrees_with_itself(void)
{
	unsigned char raw[HASH_SIZE];
	char out[HASH_HEX_SIZE], two[3];
	bool same = true;

	hash_bytes("a\0b", 3, raw);
	hash_hex("a\0b", 3, out);
	for (size_t i = 0; i < HASH_SIZE; i++) {
		snprintf(two, sizeof(two), "%02x", raw[i]);
		same = same && memcmp(two, out + 2 * i, 2) == 0;
	}
	CHECK(same);
	CHECK_INT(strlen(out), 64);
	hash_hex("a", 1, out);
	CHECK(strncmp(out, "ca978112", 8) == 0);
}

/* The vectors of RFC 4648, section 10. */
static void
writes_base64(void)
{
	static const char *const want[] = { "", "Zg==", "Zm8=", "Zm9v",
		"Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy" };

	for (size_t n = 0; n < sizeof(want) / sizeof(want[0]); n++) {
		char out[16] = "untouched";

		hash_base64((const unsigned char *)"foobar", n, out);
		CHECK_STR(out, want[n]);
	}
}

int
main(void)
{
	gives_the_published_digests();
	hashes_a_million();
	agrees_with_itself();
	writes_base64();
	return tap_done();
}
