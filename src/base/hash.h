#ifndef DOSSIER_BASE_HASH_H
#define DOSSIER_BASE_HASH_H

#include <stddef.h>

/* SHA-256 (FIPS 180-4), by libcrypto. */

enum { HASH_SIZE = 32, HASH_HEX_SIZE = 65 };

/* Hash n bytes. */
void hash_bytes(const void *p, size_t n, unsigned char out[HASH_SIZE]);

/* Hash n bytes and write 64 lower-case hexadecimal digits and a NUL. */
void hash_hex(const void *p, size_t n, char out[HASH_HEX_SIZE]);

/* Write n bytes in standard Base64 (RFC 4648) with a NUL; out holds 4/3 n. */
void hash_base64(const unsigned char *p, size_t n, char *out);

#endif
