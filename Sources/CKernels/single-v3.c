#if defined(__x86_64__)
#define REAL_BYTES 4
#define VECTOR 32
#include "body.inc"
#endif
