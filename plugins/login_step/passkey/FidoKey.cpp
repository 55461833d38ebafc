// SPDX-License-Identifier: Apache-2.0
#include "FidoKey.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <memory>

namespace gatehouse {

namespace {

struct Free {
    void operator()(fido_cred_t* one) const { fido_cred_free(&one); }
    void operator()(fido_assert_t* one) const { fido_assert_free(&one); }
    void operator()(es256_pk_t* one) const { es256_pk_free(&one); }
    void operator()(eddsa_pk_t* one) const { eddsa_pk_free(&one); }
    void operator()(rs256_pk_t* one) const { rs256_pk_free(&one); }
};
template <class T> using Owned = std::unique_ptr<T, Free>;

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string textOf(const unsigned char* bytes, std::size_t size) {
    return bytes == nullptr ? std::string() : std::string(bytes, bytes + size);
}

template <class Key>
bool isSignedBy(const Owned<Key>& key, int (*read)(Key*, const void*, std::size_t),
                const FidoKey& from, const fido_assert_t* answer) {
    return key && read(key.get(), from.bytes.data(), from.bytes.size()) == FIDO_OK &&
           fido_assert_verify(answer, 0, from.algorithm, key.get()) == FIDO_OK;
}

bool isSignedBy(const FidoKey& key, const fido_assert_t* answer) {
    switch (key.algorithm) {
    case COSE_ES256:
        return isSignedBy(Owned<es256_pk_t>(es256_pk_new()), es256_pk_from_ptr, key, answer);
    case COSE_EDDSA:
        return isSignedBy(Owned<eddsa_pk_t>(eddsa_pk_new()), eddsa_pk_from_ptr, key, answer);
    case COSE_RS256:
        return isSignedBy(Owned<rs256_pk_t>(rs256_pk_new()), rs256_pk_from_ptr, key, answer);
    default: return false;
    }
}

std::optional<NewCredential> newCredential(std::string_view data, int algorithm) {
    const Owned<fido_cred_t> read(fido_cred_new());
    if (!read || fido_cred_set_type(read.get(), algorithm) != FIDO_OK ||
        fido_cred_set_authdata_raw(read.get(), bytesOf(data), data.size()) != FIDO_OK) {
        return std::nullopt;
    }
    NewCredential found{
        textOf(fido_cred_id_ptr(read.get()), fido_cred_id_len(read.get())),
        {algorithm, textOf(fido_cred_pubkey_ptr(read.get()), fido_cred_pubkey_len(read.get()))}};
    const bool isGood =
        !found.id.empty() && found.id.size() <= longestCredentialId && !found.key.bytes.empty();
    return isGood ? std::optional(std::move(found)) : std::nullopt;
}

}  // namespace

std::optional<NewCredential> newCredential(std::string_view authenticatorData) {
    for (const int algorithm : coseAlgorithms) {
        if (auto found = newCredential(authenticatorData, algorithm)) {
            return found;
        }
    }
    return std::nullopt;
}

bool hasSigned(const FidoKey& key, const std::string& rpId, const SignedAnswer& answer) {
    const auto& [data, client, signature] = answer;
    const Owned<fido_assert_t> given(fido_assert_new());
    return given && fido_assert_set_count(given.get(), 1) == FIDO_OK &&
           fido_assert_set_rp(given.get(), rpId.c_str()) == FIDO_OK &&
           fido_assert_set_up(given.get(), FIDO_OPT_TRUE) == FIDO_OK &&
           fido_assert_set_clientdata(given.get(), bytesOf(client), client.size()) == FIDO_OK &&
           fido_assert_set_authdata_raw(given.get(), 0, bytesOf(data), data.size()) == FIDO_OK &&
           fido_assert_set_sig(given.get(), 0, bytesOf(signature), signature.size()) == FIDO_OK &&
           isSignedBy(key, given.get());
}

}  // namespace gatehouse
