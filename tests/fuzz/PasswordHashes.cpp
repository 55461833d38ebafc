// SPDX-License-Identifier: Apache-2.0
// Password hashes, as rows of other programs' tables hold them.
#include "Fuzz.h"
#include "passwords/StoredHash.h"

#include <string>

namespace gatehouse::fuzz {

namespace {

/// Dearer ones are read, but would take the time of many.
constexpr std::chrono::milliseconds longest{2};

}  // namespace

void run(std::string_view input) {
    const auto read = StoredHash::read(input, "ssha");
    const auto* stored = std::get_if<StoredHash>(&read);
    if (stored == nullptr) {
        ensure(!std::get<std::string>(read).empty(), "a hash that is not taken has a problem");
        return;
    }
    ensure(stored->work() > std::chrono::nanoseconds{} && stored->work() <= mostWork.time,
           "what is taken takes time, and not too much");
    const auto again = StoredHash::read(stored->text(), "ssha");
    ensure(std::get_if<StoredHash>(&again) != nullptr, "what is taken is taken again");
    if (stored->work() <= longest) {
        ensure(!stored->fits(Secret(std::string("no\0body", 7))),
               "nobody knows a password with NUL");
        ensure(!stored->fits(Secret("\xff of nobody")), "nobody knows the password");
    }
}

}  // namespace gatehouse::fuzz
