// SPDX-License-Identifier: Apache-2.0
// Prints so many DPoP proofs (RFC 9449 section 4.2) by one new ES256 key: bench_proofs METHOD URL
// COUNT
#include "jose/SigningKey.h"
#include "json/Json.h"
#include "text/Base64Url.h"

#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>

int main(int count, char** words) {
    using namespace gatehouse;
    const auto key = SigningKey::generate("ES256");
    if (count != 4 || !key) {
        return 1;
    }
    ValueMap jwk = key->publicJwk("");
    for (const auto* name : {"kid", "alg", "use"}) {
        jwk.erase(name);
    }
    const auto header =
        base64url(toJson(ValueMap{{"typ", "dpop+jwt"}, {"alg", "ES256"}, {"jwk", std::move(jwk)}}));
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t issued = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    for (int number = std::stoi(words[3]); number > 0; --number) {
        const ValueMap claims{{"jti", "00000000-0000-0000-0000-" + std::to_string(number)},
                              {"htm", words[1]},
                              {"htu", words[2]},
                              {"iat", issued}};
        const auto input = header + '.' + base64url(toJson(claims));
        std::cout << input << '.' << base64url(*key->sign(input)) << '\n';
    }
}
