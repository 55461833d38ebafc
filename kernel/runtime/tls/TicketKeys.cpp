// SPDX-License-Identifier: Apache-2.0
#include "tls/TicketKeys.h"

#include <openssl/core_names.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <algorithm>

namespace gatehouse {

namespace {

// What OpenSSL wants to hear.
constexpr int failed = -1;
constexpr int unknownTicket = 0;
constexpr int good = 1;
constexpr int goodButOld = 2;

template <std::size_t size> bool draw(std::array<unsigned char, size>& bytes) {
    return succeeded(RAND_priv_bytes(bytes.data(), static_cast<int>(size)));
}

template <std::size_t size>
bool authenticateBy(std::array<unsigned char, size>& key, EVP_MAC_CTX* mac) {
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, key.data(), key.size()),
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end()};
    return succeeded(EVP_MAC_CTX_set_params(mac, parameters));
}

}  // namespace

void TicketKeys::serve(SSL_CTX& context) {
    SSL_CTX_set_app_data(&context, this);
    SSL_CTX_set_timeout(&context, static_cast<long>(lifetime.count()));
    SSL_CTX_set_tlsext_ticket_key_evp_cb(&context, onTicket);
}

int TicketKeys::onTicket(SSL* state, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher,
                         EVP_MAC_CTX* mac, int isSealing) {
    auto& self = *static_cast<TicketKeys*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(state)));
    const std::lock_guard lock(self.mutex_);
    if (!self.rotate()) {
        return failed;
    }
    return isSealing == 1 ? self.seal(name, iv, cipher, mac) : self.open(name, iv, cipher, mac);
}

std::optional<TicketKeys::TicketKey> TicketKeys::fresh(SteadyPoint now) {
    TicketKey key{};
    key.made = now;
    return draw(key.name) && draw(key.cipher) && draw(key.mac) ? std::optional(key) : std::nullopt;
}

bool TicketKeys::rotate() {
    const SteadyPoint now = clock_.steady();
    if (!current_ || now - current_->made >= lifetime) {
        previous_ = current_;
        current_ = fresh(now);
    }
    if (previous_ && now - previous_->made >= 2 * lifetime) {
        previous_.reset();
    }
    return current_.has_value();
}

int TicketKeys::seal(unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher,
                     EVP_MAC_CTX* mac) {
    std::copy(current_->name.begin(), current_->name.end(), name);
    const bool isDone = succeeded(RAND_bytes(iv, EVP_CIPHER_get_iv_length(EVP_aes_256_cbc()))) &&
                        succeeded(EVP_EncryptInit_ex2(cipher, EVP_aes_256_cbc(),
                                                      current_->cipher.data(), iv, nullptr)) &&
                        authenticateBy(current_->mac, mac);
    return isDone ? good : failed;
}

int TicketKeys::open(const unsigned char* name, const unsigned char* iv, EVP_CIPHER_CTX* cipher,
                     EVP_MAC_CTX* mac) {
    for (auto* key : {&current_, &previous_}) {
        if (!*key || !std::equal((*key)->name.begin(), (*key)->name.end(), name)) {
            continue;
        }
        const bool isDone = succeeded(EVP_DecryptInit_ex2(cipher, EVP_aes_256_cbc(),
                                                          (*key)->cipher.data(), iv, nullptr)) &&
                            authenticateBy((*key)->mac, mac);
        const int answer = key == &current_ ? good : goodButOld;
        return isDone ? answer : failed;
    }
    return unknownTicket;
}

}  // namespace gatehouse
