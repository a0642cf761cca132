#pragma once

#include "kernels.h"

// The tables of all bodies, each in a file of its own.
extern const lb_kernels lb_kernels_float_base, lb_kernels_double_base;
#if defined(__x86_64__)
extern const lb_kernels lb_kernels_float_v3, lb_kernels_double_v3;
extern const lb_kernels lb_kernels_float_v4, lb_kernels_double_v4;
#endif
