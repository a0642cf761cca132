#pragma once

#include <stdint.h>

/// Does `rounds` times a multiply-and-add of 12 independent vectors in single precision, by the widest
/// vectors of this processor, and returns how many operations that was: two a number.
double peak_operations(int64_t rounds, float *sink);
