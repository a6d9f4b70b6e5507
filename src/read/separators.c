#include "read/separators.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "base/file.h"

enum { BLOCK = 64, WORD = 8 };

#define EACH_BYTE UINT64_C(0x0101010101010101)
#define HIGH_BITS UINT64_C(0x8080808080808080)
#define LAST_BIT (UINT64_C(1) << 63)

/* One bit for each of 64 bytes, the first byte the lowest. */
struct masks {
	uint64_t separator; /* delimiter or line feed */
	uint64_t line;      /* line feed */
	uint64_t quote;
	uint64_t odd; /* neither plain ASCII nor separator */
};

/* What the search of one piece needs. */
struct search {
	struct separators *s;
	const char *p;
	size_t n;
};

/* Bit i is the exclusive or of the bits 0 to i. */
static uint64_t
prefix_xor(uint64_t bits)
{
	for (unsigned shift = 1; shift < BLOCK; shift *= 2)
		bits ^= bits << shift;
	return bits;
}

static unsigned
lowest(uint64_t bits)
{
	return (unsigned)__builtin_ctzll(bits);
}

/* Look at a character that is not plain ASCII; false when it is refused. */
static bool
check_char(const struct search *search, size_t i)
{
	struct separators *s = search->s;
	unsigned code = 0;
	size_t left = search->n - i;
	size_t len = utf8_next(search->p + i, left, &code);

	if (len == 0) {
		size_t k = 1;

		while (k < left && ((unsigned char)search->p[i + k] & 0x80))
			k++;
		s->checked = search->n;
		return k == left && left < 4;
	}
	s->checked = i + len;
	if (utf8_is_bidi(code) && s->bidi == SEPARATORS_NONE)
		s->bidi = i;
	return char_offence(code) == DIAG_COUNT;
}

/*
 * Look at the odd bytes of a block.  The carriage returns go to *cr, the
 * first of a character that is refused to the result.
 */
static uint64_t
take_odd(const struct search *search, size_t base, uint64_t odd, uint64_t *cr)
{
	for (; odd != 0; odd &= odd - 1) {
		size_t i = base + lowest(odd);

		if (search->p[i] == '\r')
			*cr |= odd & -odd;
		else if (search->p[i] != '\t' && i >= search->s->checked &&
		    !check_char(search, i))
			return odd & -odd;
	}
	return 0;
}

/*
 * A block with quotes or odd bytes: take out what is quoted.  A quote opens
 * only behind a separator or, doubled, behind a quote; behind one that closes
 * stands a separator, a carriage return or its twin.
 */
static void
take_special(const struct search *search, size_t base, struct masks *m)
{
	struct separators *s = search->s;
	uint64_t inside = prefix_xor(m->quote) ^ s->inside;
	uint64_t close = m->quote & ~inside;
	uint64_t outside = m->separator & ~inside;
	uint64_t valid = UINT64_MAX, cr = 0;
	uint64_t bad = take_odd(search, base, m->odd, &cr);

	if (search->n - base < BLOCK)
		valid = (UINT64_C(1) << (search->n - base)) - 1;
	bad |=
	    m->quote & inside & ~((outside | m->quote) << 1 | s->is_boundary);
	bad |= (close << 1 | s->after_close) & ~(m->separator | m->quote | cr) &
	    valid;
	cr &= ~inside;
	bad |= (cr << 1 | s->after_cr) & ~m->line & valid;
	s->has_quotes = s->has_quotes || m->quote != 0;
	s->is_boundary = (outside | m->quote) >> 63;
	s->after_close = close >> 63;
	s->after_cr = cr >> 63;
	s->inside = inside >> 63 != 0 ? UINT64_MAX : 0;
	m->separator = outside;
	m->line &= ~inside;
	if (bad != 0) {
		s->error = base + lowest(bad);
		m->separator &= (bad & -bad) - 1;
		m->line &= (bad & -bad) - 1;
	}
}

/*
 * Append the places of a block.  Eight are written at a time, whether there
 * are as many or not: the processor guesses one branch instead of eight.
 */
static inline __attribute__((always_inline)) void
take_block(const struct search *search, size_t base, struct masks *m)
{
	struct separators *s = search->s;
	uint64_t bits;
	uint32_t *to = s->at + 1 + s->n;
	uint32_t *end;

	if (__builtin_expect((m->quote | m->odd | s->inside | s->after_close |
				 s->after_cr) != 0,
		0))
		take_special(search, base, m);
	else
		s->is_boundary = m->separator >> 63;
	bits = m->separator;
	end = to + __builtin_popcountll(bits);
	s->n_breaks += (size_t)__builtin_popcountll(m->line);
	while (to < end) {
		for (unsigned i = 0; i < 8; i++) {
			to[i] = (uint32_t)base + lowest(bits | LAST_BIT);
			bits &= bits - 1;
		}
		to += 8;
	}
	s->n = (size_t)(end - s->at) - 1;
}

/* Take out the bits behind the end of the piece. */
static void
cut(struct masks *m, size_t left)
{
	uint64_t valid = (UINT64_C(1) << left) - 1;

	m->separator &= valid;
	m->line &= valid;
	m->quote &= valid;
	m->odd &= valid;
}

/* Whether another block may be looked at. */
static inline bool
goes_on(const struct search *search, size_t base)
{
	const struct separators *s = search->s;

	return base < search->n && s->n + 1 + BLOCK + WORD <= s->size &&
	    s->error == SEPARATORS_NONE;
}

#ifdef __x86_64__
__attribute__((target("avx2"))) static inline uint64_t
bits_of(__m256i low, __m256i high)
{
	return (uint64_t)(uint32_t)_mm256_movemask_epi8(low) |
	    (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

__attribute__((target("avx2"))) static inline struct masks
masks_avx2(const char *p, char delimiter)
{
	const __m256i field = _mm256_set1_epi8(delimiter);
	const __m256i feed = _mm256_set1_epi8('\n');
	const __m256i quote = _mm256_set1_epi8('"');
	const __m256i blank = _mm256_set1_epi8(' ');
	const __m256i delete = _mm256_set1_epi8(0x7f);
	__m256i a = _mm256_loadu_si256((const void *)p);
	__m256i b = _mm256_loadu_si256((const void *)(p + 32));
	__m256i line_a = _mm256_cmpeq_epi8(a, feed);
	__m256i line_b = _mm256_cmpeq_epi8(b, feed);
	struct masks m;

	m.line = bits_of(line_a, line_b);
	m.separator =
	    bits_of(_mm256_or_si256(line_a, _mm256_cmpeq_epi8(a, field)),
		_mm256_or_si256(line_b, _mm256_cmpeq_epi8(b, field)));
	m.quote =
	    bits_of(_mm256_cmpeq_epi8(a, quote), _mm256_cmpeq_epi8(b, quote));
	/* Signed: bytes from 0x80 on are less than a blank. */
	m.odd = bits_of(_mm256_or_si256(_mm256_cmpgt_epi8(blank, a),
			    _mm256_cmpeq_epi8(a, delete)),
		    _mm256_or_si256(_mm256_cmpgt_epi8(blank, b),
			_mm256_cmpeq_epi8(b, delete))) &
	    ~m.separator;
	return m;
}

__attribute__((target("avx2,bmi,popcnt"))) static size_t
find_avx2(const struct search *search)
{
	const char delimiter = search->s->delimiter;
	size_t base = 0;

	for (; goes_on(search, base); base += BLOCK) {
		struct masks m = masks_avx2(search->p + base, delimiter);

		if (search->n - base < BLOCK)
			cut(&m, search->n - base);
		take_block(search, base, &m);
	}
	return base;
}

static bool
has_avx2(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
}
#endif

static uint64_t
load_word(const char *p)
{
	uint64_t word = 0;

	for (unsigned i = 0; i < WORD; i++)
		word |= (uint64_t)(unsigned char)p[i] << 8 * i;
	return word;
}

/* From the high bit of each byte to one bit a byte. */
static uint64_t
gather(uint64_t high)
{
	return ((high & HIGH_BITS) >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* A bit for each byte of a word that is c. */
static uint64_t
equal_bits(uint64_t word, char c)
{
	uint64_t x = word ^ EACH_BYTE * (unsigned char)c;

	return gather(~(((x & ~HIGH_BITS) + ~HIGH_BITS) | x));
}

static struct masks
masks_plain(const char *p, char delimiter)
{
	struct masks m = { 0 };

	for (unsigned i = 0; i < BLOCK; i += WORD) {
		uint64_t word = load_word(p + i);
		uint64_t line = equal_bits(word, '\n');
		uint64_t separator = line | equal_bits(word, delimiter);
		uint64_t odd =
		    gather(word | ~((word | HIGH_BITS) - EACH_BYTE * ' ')) |
		    equal_bits(word, 0x7f);

		m.line |= line << i;
		m.separator |= separator << i;
		m.quote |= equal_bits(word, '"') << i;
		m.odd |= (odd & ~separator) << i;
	}
	return m;
}

static size_t
find_plain(const struct search *search)
{
	size_t base = 0;

	for (; goes_on(search, base); base += BLOCK) {
		struct masks m =
		    masks_plain(search->p + base, search->s->delimiter);

		if (search->n - base < BLOCK)
			cut(&m, search->n - base);
		take_block(search, base, &m);
	}
	return base;
}

void
separators_find(struct separators *s, const char *p, size_t n)
{
	struct search search = { s, p, n };

	*s = (struct separators){ .at = s->at,
		.size = s->size,
		.delimiter = s->delimiter,
		.is_plain = s->is_plain,
		.error = SEPARATORS_NONE,
		.bidi = SEPARATORS_NONE,
		.is_boundary = 1 };
	s->at[0] = UINT32_MAX;
#ifdef __x86_64__
	if (!s->is_plain && has_avx2())
		s->end = find_avx2(&search);
	else
#endif
		s->end = find_plain(&search);
	if (s->end > n)
		s->end = n;
	s->in_quotes = s->inside != 0;
}
