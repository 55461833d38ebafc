// SPDX-License-Identifier: Apache-2.0
// What people type and what a directory says of them, as values in a filter and as objectGUID.
#include "Fuzz.h"
#include "LdapFilter.h"
#include "ObjectGuid.h"
#include "text/Hex.h"

#include <string>

namespace gatehouse::fuzz {

namespace {

std::string unescaped(std::string_view value) {
    std::string bytes;
    for (std::size_t at = 0; at < value.size(); ++at) {
        if (value[at] != '\\') {
            bytes += value[at];
            continue;
        }
        const auto byte = fromHex(value.substr(at + 1, 2));
        ensure(byte && byte->size() == 1, "a backslash has two digits behind it");
        bytes += *byte;
        at += 2;
    }
    return bytes;
}

void checkFilter(std::string_view input) {
    const auto value = escapedForFilter(input);
    ensure(value.find_first_of("()*") == std::string::npos, "a value has no syntax");
    ensure(unescaped(value) == input, "a value says what it was");
    ensure(filterFor("uid", input) == filled("(uid={login})", {{"{login}", input}}),
           "a value is put in once, and escaped");
}

void checkGuid(std::string_view input) {
    if (const auto text = guidText(input)) {
        ensure(guidBytes(*text) == std::string(input), "a GUID is read as it was written");
    }
    if (const auto bytes = guidBytes(input)) {
        ensure(guidText(*bytes) == std::string(input), "a GUID has one text");
    }
}

}  // namespace

void run(std::string_view input) {
    checkFilter(input);
    checkGuid(input);
}

}  // namespace gatehouse::fuzz
