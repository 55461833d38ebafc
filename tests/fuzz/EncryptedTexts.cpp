// SPDX-License-Identifier: Apache-2.0
// JWEs of anybody, for the keys of the examples in RFC 7516 appendix A.1 and RFC 7520 sections 5.4
// and 5.5. Whoever has a public key may encrypt to it, but cannot change what another encrypted.
#include "Fuzz.h"
#include "JweVectors.h"
#include "jose/DecryptionKey.h"
#include "jose/JweReader.h"
#include "text/Base64Url.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::fuzz {

namespace {

struct Recipient {
    std::string_view example;
    DecryptionKey key;
    ValueMap jwk;

    Recipient(std::string_view pkcs8, std::string_view algorithm, std::string_view text)
        : example(text), key(*DecryptionKey::fromPkcs8(Secret(*fromBase64url(pkcs8)), algorithm)),
          jwk(key.publicJwk({})) {
        ensure(read(text).has_value(), "the example is read");
    }
    std::optional<std::string> read(std::string_view text) const {
        const auto jwe = parseJwe(text);
        return jwe && jwe->algorithm->name == jwk.text("alg")
                   ? decryptJwe(*jwe, jwk, [this](auto input) { return key.open(input); })
                   : std::nullopt;
    }
};

void checkParts(std::string_view text, const CompactJwe& jwe) {
    std::string again(jwe.bound);
    for (const auto& part : {jwe.encryptedKey, jwe.nonce, jwe.content, jwe.tag}) {
        again += "." + base64url(part);
    }
    ensure(again == text, "the parts are those of the text, which has no other form");
    ensure(jwe.nonce.size() == jwe.encryption->nonceSize &&
               jwe.tag.size() == jwe.encryption->tagSize,
           "nonce and tag are whole");
    ensure(!jwe.header.contains("zip") && !jwe.header.contains("crit"),
           "nothing is inflated, nothing critical is ignored");
}

}  // namespace

void run(std::string_view input) {
    static const std::array<Recipient, 3> recipients{
        {{vectors::rsaKey, "RSA-OAEP", vectors::rsaOaep},
         {vectors::wrappedKey, "ECDH-ES+A128KW", vectors::wrapped},
         {vectors::directKey, "ECDH-ES", vectors::direct}}};
    if (const auto jwe = parseJwe(input)) {
        checkParts(input, *jwe);
    }
    for (const auto& recipient : recipients) {
        ensure(!recipient.read(input) || input == recipient.example,
               "nothing is read that was not encrypted so");
        const auto opened = recipient.key.open(input);
        ensure(!opened || opened->view().size() <= 256, "what a key opens is short");
    }
}

}  // namespace gatehouse::fuzz
