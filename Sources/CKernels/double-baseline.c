#define REAL_BYTES 8
#define VECTOR 16
#include "body.inc"
