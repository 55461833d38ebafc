// SPDX-License-Identifier: Apache-2.0
// Addresses that people say mails go to.
#include "Fuzz.h"
#include "text/MailAddress.h"

#include <algorithm>

namespace gatehouse::fuzz {

void run(std::string_view input) {
    if (!isMailAddress(input)) {
        return;
    }
    ensure(std::count(input.begin(), input.end(), '@') == 1, "an address has one host");
    ensure(std::all_of(input.begin(), input.end(),
                       [](char letter) { return letter > ' ' && letter <= '~'; }),
           "an address is seen");
    ensure(input.find_first_of("<>()[]\\,;:\"") == std::string_view::npos,
           "nothing in an address means something else in a command");
    ensure(maskedAddress(input).find(input.substr(input.find('@'))) != std::string::npos,
           "the host is shown");
}

}  // namespace gatehouse::fuzz
