// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>

#include "tls/CertificateSet.h"
#include "tls/SocketBio.h"
#include "tls/Transfer.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace gatehouse {

/// TLS over one socket, from the first byte to the last. One thread. Holds no buffers while idle.
class TlsSession {
public:
    /// The socket stays the caller's. `asksForCertificate`: mutual TLS; who shows none is served
    /// too. Throws std::runtime_error without memory.
    TlsSession(std::shared_ptr<const CertificateSet> certificates, int handle,
               bool asksForCertificate);

    /// A step of the handshake; one of them signs. Transfer::some: it is done.
    Transfer handshake();
    /// Why the handshake failed, in OpenSSL's words.
    const std::string& failure() const noexcept { return failure_; }
    bool isResumed() const noexcept { return SSL_session_reused(state_.get()) == 1; }

    /// After the handshake: what the client showed, and holds the key of; null: nothing.
    std::shared_ptr<const CertificateChain> clientCertificate() const;

    /// What the client said next, into `buffer`.
    Transfer receive(char* buffer, std::size_t size, std::string_view& bytes);
    /// May there be more that no event will tell of?
    bool mayHaveBytes() const noexcept;
    /// Sends what the socket takes, and says how much of it is done with. What is left has to be
    /// offered again unchanged; more may follow it.
    Transfer send(std::string_view bytes, std::size_t& sent);
    /// Tells the client that this is the end (close_notify), once.
    void endSending() noexcept;

private:
    Transfer outcomeOf(int result);

    SocketBio socket_;
    std::shared_ptr<const CertificateSet> certificates_;
    TlsState state_;
    std::string failure_;
    bool isSound_ = false;  ///< agreed on, and not broken since
};

}  // namespace gatehouse
