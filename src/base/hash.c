/*
 * The plain functions: they cannot fail, and unlike EVP they do not begin with
 * reading a configuration and filling tables, which is longer than hashing a
 * megabyte.  OpenSSL 3 marks them as old unless one asks for its older face.
 */
#define OPENSSL_API_COMPAT 0x10100000L
#include "base/hash.h"

#include <errno.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
hash_bytes(const void *p, size_t n, unsigned char out[HASH_SIZE])
{
	SHA256_CTX ctx;

	SHA256_Init(&ctx);
	SHA256_Update(&ctx, p, n);
	SHA256_Final(out, &ctx);
}

void
hash_hex(const void *p, size_t n, char out[HASH_HEX_SIZE])
{
	unsigned char hash[HASH_SIZE];

	hash_bytes(p, n, hash);
	hash_write(hash, out);
}

int
hash_file(int fd, char out[HASH_HEX_SIZE], unsigned long long *bytes)
{
	unsigned char hash[HASH_SIZE];
	unsigned char piece[16 * 1024];
	SHA256_CTX ctx;
	ssize_t n;

	SHA256_Init(&ctx);
	*bytes = 0;
	while ((n = read(fd, piece, sizeof(piece))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			break;
		SHA256_Update(&ctx, piece, (size_t)n);
		*bytes += (unsigned long long)n;
	}
	SHA256_Final(hash, &ctx);
	hash_write(hash, out);
	return n == 0 ? 0 : -1;
}

void
hash_write(const unsigned char hash[HASH_SIZE], char out[HASH_HEX_SIZE])
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < HASH_SIZE; i++) {
		out[2 * i] = hex[hash[i] >> 4];
		out[2 * i + 1] = hex[hash[i] & 15];
	}
	out[HASH_HEX_SIZE - 1] = '\0';
}

int
hash_read(const char *s, unsigned char out[HASH_SIZE])
{
	static const char hex[] = "0123456789abcdef";

	if (strlen(s) != HASH_HEX_SIZE - 1 ||
	    strspn(s, hex) != HASH_HEX_SIZE - 1)
		return -1;
	for (size_t i = 0; i < HASH_SIZE; i++) {
		size_t high = (size_t)(strchr(hex, s[2 * i]) - hex);
		size_t low = (size_t)(strchr(hex, s[2 * i + 1]) - hex);

		out[i] = (unsigned char)(high << 4 | low);
	}
	return 0;
}

void
hash_base64(const unsigned char *p, size_t n, char *out)
{
	EVP_EncodeBlock((unsigned char *)out, p, (int)n);
}
