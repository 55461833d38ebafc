// SPDX-License-Identifier: Apache-2.0
#include "Proof.h"

#include "crypto/Digest.h"
#include "text/Base64Url.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t longestData = 4096;
constexpr std::size_t longestSignature = 1024;
constexpr std::size_t longestHandle = 64;  // WebAuthn section 5.4.3

/// Reads fields of a form, and remembers whether one was wrong.
class FieldReader {
public:
    explicit FieldReader(const Form& form) : form_(form) {}

    std::string optional(std::string_view name, std::size_t longest) {
        const auto text = form_.text(name);
        auto bytes = text.size() <= 2 * longest ? fromBase64url(text) : std::nullopt;
        isGood_ = isGood_ && bytes && bytes->size() <= longest;
        return bytes ? *std::move(bytes) : std::string();
    }
    std::string required(std::string_view name, std::size_t longest) {
        auto bytes = optional(name, longest);
        isGood_ = isGood_ && !bytes.empty();
        return bytes;
    }
    bool isGood() const noexcept { return isGood_; }

private:
    const Form& form_;
    bool isGood_ = true;
};

/// What is the same in both ceremonies.
std::string problemOf(const std::optional<AuthenticatorData>& data, std::string_view clientData,
                      const Asked& asked) {
    auto problem = clientDataProblem(clientData, asked);
    if (!problem.empty()) {
        return problem;
    }
    if (!data) {
        return "authenticator data cannot be read";
    }
    if (data->rpIdHash != sha256(asked.rpId)) {
        return "for another relying party";
    }
    if (!data->isUserPresent) {
        return "nobody was there";
    }
    return asked.isVerified && !data->isUserVerified ? "the person was not verified" : "";
}

}  // namespace

std::optional<Assertion> Assertion::read(const Form& form) {
    FieldReader fields(form);
    Assertion answer;
    answer.id = fields.required("id", longestCredentialId);
    answer.clientDataJson = fields.required("clientDataJSON", longestData);
    answer.authenticatorData = fields.required("authenticatorData", longestData);
    answer.signature = fields.required("signature", longestSignature);
    answer.userHandle = fields.optional("userHandle", longestHandle);
    return fields.isGood() ? std::optional(std::move(answer)) : std::nullopt;
}

std::optional<Registration> Registration::read(const Form& form) {
    FieldReader fields(form);
    Registration answer;
    answer.clientDataJson = fields.required("clientDataJSON", longestData);
    answer.authenticatorData = fields.required("authenticatorData", longestData);
    answer.transports = knownTransports(form.text("transports"));
    return fields.isGood() ? std::optional(std::move(answer)) : std::nullopt;
}

Result<AuthenticatorData, std::string> verify(const Assertion& answer, const Passkey& passkey,
                                              const Asked& asked) {
    auto data = AuthenticatorData::read(answer.authenticatorData);
    if (auto problem = problemOf(data, answer.clientDataJson, asked); !problem.empty()) {
        return problem;
    }
    if (data->hasCredential) {
        return std::string("a new key in place of an answer");
    }
    if (data->isBackupEligible != passkey.isBackupEligible) {
        return std::string("whether the key may be on several devices has changed");
    }
    const SignedAnswer given{answer.authenticatorData, answer.clientDataJson, answer.signature};
    return hasSigned(passkey.key, asked.rpId, given)
               ? Result<AuthenticatorData, std::string>(*std::move(data))
               : std::string("the signature is not that of the key");
}

Result<VerifiedRegistration, std::string> verify(const Registration& answer, const Asked& asked) {
    auto data = AuthenticatorData::read(answer.authenticatorData);
    if (auto problem = problemOf(data, answer.clientDataJson, asked); !problem.empty()) {
        return problem;
    }
    auto made = newCredential(answer.authenticatorData);
    if (!made) {
        return std::string("there is no key of an algorithm that was asked for");
    }
    Passkey passkey;
    passkey.credentialId = std::move(made->id);
    passkey.key = std::move(made->key);
    passkey.signCount = data->signCount;
    passkey.isBackupEligible = data->isBackupEligible;
    passkey.isBackedUp = data->isBackedUp;
    passkey.transports = answer.transports;
    return VerifiedRegistration{*std::move(data), std::move(passkey)};
}

}  // namespace gatehouse
