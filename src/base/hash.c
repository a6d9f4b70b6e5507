#include "base/hash.h"

#include <openssl/evp.h>
#include <stdlib.h>

void
hash_bytes(const void *p, size_t n, unsigned char out[HASH_SIZE])
{
	unsigned int len = 0;

	/* Fails only when libcrypto itself is broken or out of memory. */
	if (EVP_Digest(p, n, out, &len, EVP_sha256(), NULL) != 1 ||
	    len != HASH_SIZE)
		abort();
}

void
hash_hex(const void *p, size_t n, char out[HASH_HEX_SIZE])
{
	static const char hex[] = "0123456789abcdef";
	unsigned char hash[HASH_SIZE];

	hash_bytes(p, n, hash);
	for (size_t i = 0; i < HASH_SIZE; i++) {
		out[2 * i] = hex[hash[i] >> 4];
		out[2 * i + 1] = hex[hash[i] & 15];
	}
	out[HASH_HEX_SIZE - 1] = '\0';
}

void
hash_base64(const unsigned char *p, size_t n, char *out)
{
	EVP_EncodeBlock((unsigned char *)out, p, (int)n);
}
