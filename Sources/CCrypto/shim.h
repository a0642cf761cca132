// The streaming form of SHA-256, which takes no allocation and no lookup of an algorithm by name.
#define OPENSSL_API_COMPAT 0x10100000L
#include <openssl/sha.h>
