// SPDX-License-Identifier: Apache-2.0
#include "Fuzz.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace gatehouse::fuzz {

void ensure(bool holds, const char* property) {
    if (!holds) {
        std::fprintf(stderr, "broken: %s\n", property);
        std::abort();
    }
}

}  // namespace gatehouse::fuzz

extern "C" __attribute__((visibility("default"))) int
LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    gatehouse::fuzz::run({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
