// SPDX-License-Identifier: Apache-2.0
// What people type as the code of a device, and what is made a picture.
#include "Fuzz.h"
#include "UserCode.h"
#include "qr/QrCode.h"

namespace gatehouse::fuzz {

void run(std::string_view input) {
    if (const auto code = userCodeFrom(input)) {
        ensure(code->find_first_not_of("BCDFGHJKLMNPQRSTVWXZ") == std::string::npos,
               "a code has letters of codes");
        ensure(userCodeFrom(shownUserCode(*code)) == code, "what is shown is read back");
    }
    if (const auto picture = qrCode(std::string(input))) {
        const auto bars = picture->substr(picture->rfind(" d=") + 4);
        ensure(bars.find_first_not_of("MHhvz 0123456789") == bars.find('"'),
               "nothing of a text is in its picture but bars");
    }
}

}  // namespace gatehouse::fuzz
