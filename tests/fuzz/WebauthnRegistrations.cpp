// SPDX-License-Identifier: Apache-2.0
// Client data in the first line, and the authenticator's data behind it.
#include "Fuzz.h"
#include "Proof.h"

#include <algorithm>
#include <string>

namespace gatehouse::fuzz {

void run(std::string_view input) {
    Registration answer;
    answer.clientDataJson = input.substr(0, input.find('\n'));
    input.remove_prefix(std::min(input.size(), answer.clientDataJson.size() + 1));
    answer.authenticatorData = input;
    const auto read = AuthenticatorData::read(input);
    if (const auto made = read ? newCredential(input) : std::nullopt) {
        ensure(!made->id.empty() && made->id.size() <= longestCredentialId, "an id has a length");
        ensure(!made->key.bytes.empty(), "a key is there");
        (void)hasSigned(made->key, "id.example", {input, answer.clientDataJson, input});
    }
    const Asked asked{"webauthn.create", "Y2hhbGxlbmdl", "https://id.example", "id.example", true};
    const auto made = verify(answer, asked);
    if (!made) {
        ensure(!made.error().empty(), "a refusal has a reason");
        return;
    }
    ensure(made->data.isUserPresent && made->data.isUserVerified, "somebody was there");
    const auto kept = Passkey::parse(made->passkey.text().view());
    ensure(kept && kept->credentialId == made->passkey.credentialId &&
               kept->key.bytes == made->passkey.key.bytes,
           "what is kept is read again");
}

}  // namespace gatehouse::fuzz
