// SPDX-License-Identifier: Apache-2.0
// The fields of a form, a line each: id, clientDataJSON, authenticatorData, signature, userHandle.
// Only what the known key has signed, for this challenge, is taken.
#include "Fuzz.h"
#include "Proof.h"
#include "text/Base64Url.h"

#include <algorithm>
#include <array>
#include <string>

namespace gatehouse::fuzz {

namespace {

constexpr std::array<const char*, 5> names{"id", "clientDataJSON", "authenticatorData", "signature",
                                           "userHandle"};
const std::string knownKey =
    "nEPlCPPYEEp2VMcPh5Rp5CNeBttp7lnxiFzmSI34ANTVxB3eNOwPFHqUcxAD-MfoBFFhBSNKFkltNpEDaXjlLA";
const std::string knownClientData =
    R"({"type":"webauthn.get","challenge":"Y2hhbGxlbmdl","origin":"https://id.example","crossOrigin":false})";
const std::string knownData = "b7_CG43gtdONK_b-wEJpDfDLrqj0m_LTmJmViZ6BwTAFAAAAAA";

Form formOf(std::string_view input) {
    std::vector<Form::Field> fields;
    for (const auto* name : names) {
        const auto line = input.substr(0, input.find('\n'));
        fields.emplace_back(name, std::string(line));
        input.remove_prefix(std::min(input.size(), line.size() + 1));
    }
    return Form(std::move(fields));
}

}  // namespace

void run(std::string_view input) {
    const auto answer = Assertion::read(formOf(input));
    if (!answer) {
        return;
    }
    Passkey passkey;
    passkey.key = {coseAlgorithms.front(), *fromBase64url(knownKey)};
    const Asked asked{"webauthn.get", "Y2hhbGxlbmdl", "https://id.example", "id.example", true};
    const auto data = verify(*answer, passkey, asked);
    ensure(data || !data.error().empty(), "a refusal has a reason");
    ensure(!data || (answer->clientDataJson == knownClientData &&
                     base64url(answer->authenticatorData) == knownData),
           "that key has signed its answer and nothing else");
}

}  // namespace gatehouse::fuzz
