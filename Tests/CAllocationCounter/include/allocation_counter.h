#pragma once

#include <stdint.h>

/// How often the calling thread has taken memory from the heap since it began.
int64_t allocation_count(void);
