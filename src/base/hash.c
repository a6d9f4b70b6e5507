#include "base/hash.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
	unsigned char hash[HASH_SIZE];

	hash_bytes(p, n, hash);
	hash_write(hash, out);
}

int
hash_file(int fd, char out[HASH_HEX_SIZE], unsigned long long *bytes)
{
	unsigned char hash[HASH_SIZE];
	unsigned char piece[64 * 1024];
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	ssize_t n;

	if (ctx == NULL || EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1)
		abort();
	*bytes = 0;
	while ((n = read(fd, piece, sizeof(piece))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			break;
		if (EVP_DigestUpdate(ctx, piece, (size_t)n) != 1)
			abort();
		*bytes += (unsigned long long)n;
	}
	if (EVP_DigestFinal_ex(ctx, hash, NULL) != 1)
		abort();
	EVP_MD_CTX_free(ctx);
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
