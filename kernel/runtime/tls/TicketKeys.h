// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include "tls/OpenSslTls.h"

#include <array>
#include <mutex>
#include <optional>

namespace gatehouse {

/// Seals the tickets by which clients resume a session (RFC 5077 section 4, RFC 8446 section
/// 4.6.1). Keys are random, never leave the process and outlive every change of certificates. One
/// seals for `lifetime`, and opens for as long again. Threads: any.
class TicketKeys {
public:
    static constexpr seconds lifetime{2 * 3600};

    explicit TicketKeys(const Clock& clock) : clock_(clock) {}

    /// Makes the context seal its tickets here; this must outlive it.
    void serve(SSL_CTX& context);

private:
    struct TicketKey {
        std::array<unsigned char, 16> name;
        std::array<unsigned char, 32> cipher;
        std::array<unsigned char, 32> mac;
        SteadyPoint made;
    };

    static int onTicket(SSL* state, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher,
                        EVP_MAC_CTX* mac, int isSealing);
    static std::optional<TicketKey> fresh(SteadyPoint now);
    bool rotate();
    int seal(unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac);
    int open(const unsigned char* name, const unsigned char* iv, EVP_CIPHER_CTX* cipher,
             EVP_MAC_CTX* mac);

    const Clock& clock_;
    std::mutex mutex_;
    std::optional<TicketKey> current_;
    std::optional<TicketKey> previous_;
};

}  // namespace gatehouse
