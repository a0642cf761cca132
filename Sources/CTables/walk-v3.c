#include "bodies.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define WIDTH 32
#define NAME(name) lb_v3_##name
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#include "walk.inc"
#pragma clang attribute pop
#endif
