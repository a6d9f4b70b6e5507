#ifndef DOSSIER_BASE_HASH_H
#define DOSSIER_BASE_HASH_H

#include <stddef.h>

/* SHA-256 (FIPS 180-4), by libcrypto. */

enum { HASH_SIZE = 32, HASH_HEX_SIZE = 65 };

/* Hash n bytes. */
void hash_bytes(const void *p, size_t n, unsigned char out[HASH_SIZE]);

/* Hash n bytes and write 64 lower-case hexadecimal digits and a NUL. */
void hash_hex(const void *p, size_t n, char out[HASH_HEX_SIZE]);

/*
 * Hash what is left to read of an open file and write 64 digits and a NUL;
 * the number of bytes goes to *bytes.  Return 0, or -1 with errno set.
 */
int hash_file(int fd, char out[HASH_HEX_SIZE], unsigned long long *bytes);

/* Write a hash as 64 lower-case hexadecimal digits and a NUL. */
void hash_write(const unsigned char hash[HASH_SIZE], char out[HASH_HEX_SIZE]);

/*
 * Read exactly 64 lower-case hexadecimal digits and a NUL.  Return 0, or -1
 * when s is anything else.
 */
int hash_read(const char *s, unsigned char out[HASH_SIZE]);

/* Write n bytes in standard Base64 (RFC 4648) with a NUL; out holds 4/3 n. */
void hash_base64(const unsigned char *p, size_t n, char *out);

#endif
