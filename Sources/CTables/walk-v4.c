#include "bodies.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define WIDTH 64
#define NAME(name) lb_v4_##name
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#include "walk.inc"
#pragma clang attribute pop
#endif
