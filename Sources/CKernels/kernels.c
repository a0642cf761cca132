#include "bodies.h"

#include <stddef.h>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

const lb_kernels *lb_kernels_float(int32_t body) {
  if (body == 0) return &lb_kernels_float_base;
#if defined(__x86_64__)
  if (body == 1 && __builtin_cpu_supports("x86-64-v3")) return &lb_kernels_float_v3;
  if (body == 2 && __builtin_cpu_supports("x86-64-v4")) return &lb_kernels_float_v4;
#endif
  return NULL;
}

const lb_kernels *lb_kernels_double(int32_t body) {
  if (body == 0) return &lb_kernels_double_base;
#if defined(__x86_64__)
  if (body == 1 && __builtin_cpu_supports("x86-64-v3")) return &lb_kernels_double_v3;
  if (body == 2 && __builtin_cpu_supports("x86-64-v4")) return &lb_kernels_double_v4;
#endif
  return NULL;
}

void lb_run(const lb_instruction *instructions, int64_t count) {
  for (int64_t i = 0; i < count; i++) instructions[i].function(&instructions[i].arguments);
}

void lb_run_blocks(
    lb_list full, lb_list last, lb_state *state, int64_t lower, int64_t upper, int64_t rows) {
  for (int64_t first = lower; first < upper; first += rows) {
    state->first = first;
    state->row = first - lower;
    state->beta = first == lower ? 0 : 1;
    const lb_list list = upper - first < rows ? last : full;
    lb_run(list.instructions, list.count);
  }
}

#if defined(__x86_64__)
#define FLUSHES 0x8040u  // flush to zero, denormals are zero

uint64_t lb_denormals(void) { return _mm_getcsr(); }
void lb_set_denormals(uint64_t mode) {
  if (_mm_getcsr() != mode) _mm_setcsr((uint32_t)mode);
}
#elif defined(__aarch64__)
#define FLUSHES (1u << 24)  // FPCR.FZ: what comes in and what goes out

uint64_t lb_denormals(void) {
  uint64_t mode;
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  return mode;
}
void lb_set_denormals(uint64_t mode) { __asm__ volatile("msr fpcr, %0" : : "r"(mode)); }
#else
#define FLUSHES 0u

uint64_t lb_denormals(void) { return 0; }
void lb_set_denormals(uint64_t mode) { (void)mode; }
#endif

uint64_t lb_flush_denormals(void) {
  const uint64_t before = lb_denormals();
  lb_set_denormals(before | FLUSHES);
  return before;
}
