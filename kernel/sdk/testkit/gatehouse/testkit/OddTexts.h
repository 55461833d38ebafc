// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace gatehouse::testkit {

/// What strangers send where a short text is expected.
inline std::vector<std::string> oddTexts() {
    return {
        " ",
        "*)(uid=*",
        "' OR '1'='1",
        "\"; DROP TABLE users; --",
        "../../etc/passwd",
        "line\r\nSet-Cookie: a=b",
        "<script>alert(1)</script>",
        "{{message}}",
        "{\"a\":",
        "-1",
        "99999999999999999999",
        "\xFF\xFE",
        "caf\xC3",
        "\xE2\x80\xAE",
        std::string("\0x", 2),
        std::string(30000, 'a'),
    };
}

}  // namespace gatehouse::testkit
