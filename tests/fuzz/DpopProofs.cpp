// SPDX-License-Identifier: Apache-2.0
// Proofs of anybody. The one of RFC 9449 section 5 is the only one that its key has signed. What
// stands behind the first line break is an htu.
#include "DpopProof.h"
#include "Fuzz.h"
#include "KnownKeys.h"
#include "TargetUri.h"

#include <string>
#include <vector>

namespace gatehouse::fuzz {

namespace {

const std::string known =
    "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNo"
    "UklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERW"
    "clUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh"
    "0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8"
    "v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
constexpr const char* target = "https://server.example.com/token";

const std::vector<std::string>& algorithms() {
    static const std::vector<std::string> names{"ES256", "PS256", "EdDSA"};
    return names;
}

void checkProof(std::string_view text) {
    static KnownKeys keys;
    const auto proof = DpopProof::read(text, algorithms(), keys);
    ensure(proof || text != known, "the proof of the RFC can be read");
    if (!proof) {
        ensure(!proof.error().detail.empty(), "a refusal has a reason");
        return;
    }
    ensure(proof->key->thumbprint.size() == 43, "a key has a thumbprint");
    const bool isOfTheRfc = proof->key->thumbprint == "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    ensure(!isOfTheRfc || proof->isSigned() == (text == known),
           "that key has signed its proof and nothing else");
    if (proof->isSigned()) {
        keys.keep(proof->header, proof->key);
    }
}

void checkTarget(std::string_view htu) {
    const auto normal = normalTarget(htu);
    ensure(normal == normalTarget(normal), "a normal form is its own");
    ensure(normal.find_first_of("?#") == std::string::npos, "it has no query and no fragment");
    ensure(isSameTarget(htu, target) == (normal == target), "what is the same has one form");
}

}  // namespace

void run(std::string_view input) {
    const auto line = input.substr(0, input.find('\n'));
    checkProof(line);
    checkTarget(input.substr(line.size() == input.size() ? 0 : line.size() + 1));
}

}  // namespace gatehouse::fuzz
