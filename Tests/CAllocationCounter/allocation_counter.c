#include "allocation_counter.h"

#include <stddef.h>

static _Thread_local int64_t count;

int64_t allocation_count(void) { return count; }

#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)

// A sanitizer has a malloc of its own, and tells of each call.

extern int __sanitizer_install_malloc_and_free_hooks(
    void (*taken)(const volatile void *, size_t), void (*given)(const volatile void *));

__attribute__((no_sanitize("address", "thread"))) static void taken(
    const volatile void *memory, size_t size) {
  (void)memory, (void)size;
  count++;
}

__attribute__((no_sanitize("address", "thread"))) static void given(const volatile void *memory) {
  (void)memory;
}

__attribute__((constructor)) static void listen(void) {
  __sanitizer_install_malloc_and_free_hooks(taken, given);
}

#else

// The program's own malloc stands before glibc's, counts, and calls it by its other name.

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

void *malloc(size_t size) {
  count++;
  return __libc_malloc(size);
}

void *calloc(size_t items, size_t size) {
  count++;
  return __libc_calloc(items, size);
}

void *realloc(void *memory, size_t size) {
  count++;
  return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count++;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  count++;
  *memory = __libc_memalign(alignment, size);
  return *memory ? 0 : 12;
}

#endif
