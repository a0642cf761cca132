#include "bodies.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#define WIDTH 16
#else
#define WIDTH 8
#endif
#define NAME(name) lb_base_##name
#include "walk.inc"
