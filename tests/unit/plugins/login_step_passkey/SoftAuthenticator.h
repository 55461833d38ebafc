// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Ceremony.h"
#include "Passkey.h"
#include "crypto/Digest.h"
#include "jose/SigningKey.h"
#include "json/Json.h"
#include "text/Base64Url.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse {

/// An authenticator with one Ed25519 key, and its browser.
class SoftAuthenticator {
public:
    static constexpr std::uint8_t present = 0x01, verified = 0x04, eligible = 0x08, backedUp = 0x10,
                                  credential = 0x40, extensions = 0x80;

    std::string origin = "https://id.example";
    std::string rpId = "id.example";
    std::uint8_t flags = present | verified;
    std::uint32_t count = 0;

    FidoKey key() const { return {-8, publicKey_}; }

    std::string data(std::uint8_t more = 0, const std::string& tail = {}) const {
        std::string bytes = sha256(rpId);
        bytes += static_cast<char>(flags | more);
        for (const unsigned shift : {24U, 16U, 8U, 0U}) {
            bytes += static_cast<char>(count >> shift & 0xFFU);
        }
        return bytes + tail;
    }
    /// What stands behind it for a new credential: AAGUID, id and COSE key (RFC 9053 section 7.2).
    std::string credentialData(std::string_view id) const {
        const std::string cose("\xA4\x01\x01\x03\x27\x20\x06\x21\x58\x20", 10);
        return std::string(16, '\0') + static_cast<char>(id.size() >> 8U) +
               static_cast<char>(id.size() & 0xFFU) + std::string(id) + cose + publicKey_;
    }
    std::string clientData(std::string_view type, std::string_view challenge) const {
        return toJson(ValueMap{{"type", type}, {"challenge", challenge}, {"origin", origin}});
    }
    std::string sign(const std::string& data, const std::string& clientData) const {
        return *key_.sign(data + sha256(clientData));
    }

    Form::Field field(const char* name, std::string_view bytes) const {
        return {name, base64url(bytes)};
    }
    Form assertion(std::string_view challenge, std::string_view id,
                   std::string_view handle = {}) const {
        const auto client = clientData("webauthn.get", challenge);
        std::vector<Form::Field> fields{field("id", id), field("clientDataJSON", client),
                                        field("authenticatorData", data()),
                                        field("signature", sign(data(), client))};
        if (!handle.empty()) {
            fields.push_back(field("userHandle", handle));
        }
        return Form(std::move(fields));
    }
    Form registration(std::string_view challenge, std::string_view id,
                      std::string name = "Phone") const {
        return Form({field("clientDataJSON", clientData("webauthn.create", challenge)),
                     field("authenticatorData", data(credential, credentialData(id))),
                     {"transports", "internal"},
                     {"name", std::move(name)}});
    }
    Passkey passkey(std::string id) const {
        Passkey made;
        made.credentialId = std::move(id);
        made.key = key();
        return made;
    }

private:
    SigningKey key_ = *SigningKey::generate("EdDSA");
    std::string publicKey_ = *fromBase64url(key_.publicJwk("x").text("x"));
};

}  // namespace gatehouse
