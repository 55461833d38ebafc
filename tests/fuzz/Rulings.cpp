// SPDX-License-Identifier: Apache-2.0
// What a service answers that decides for people.
#include "Fuzz.h"
#include "RulingText.h"

namespace gatehouse::fuzz {

void run(std::string_view input) {
    const auto ruling = rulingFrom(input);
    if (!ruling) {
        return;
    }
    ensure(input.find("decision") != std::string_view::npos ||
               input.find('\\') != std::string_view::npos,
           "who decides says so");
    ensure(ruling->amr.size() <= 16, "there are few proofs");
    ensure(ruling->amr.empty() || ruling->says == Ruling::Says::allow,
           "only who allows proves anything");
    for (const auto& proof : ruling->amr) {
        ensure(!proof.empty() && proof.size() <= 64, "a proof is short");
    }
}

}  // namespace gatehouse::fuzz
