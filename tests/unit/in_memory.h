#ifndef DOSSIER_TESTS_UNIT_IN_MEMORY_H
#define DOSSIER_TESTS_UNIT_IN_MEMORY_H

#include "read/scan.h"

/* Bytes that a test has in memory, as the input of predictions. */
static inline struct scan_input
in_memory(const char *bytes, size_t n)
{
	return (struct scan_input){
		.name = "in.csv", .fd = -1, .bytes = bytes, .size = n
	};
}

#endif
