// SPDX-License-Identifier: Apache-2.0
#include "tls/TlsSession.h"

#include "tls/ClientCertificate.h"

#include <utility>

namespace gatehouse {

TlsSession::TlsSession(std::shared_ptr<const CertificateSet> certificates, int handle,
                       bool asksForCertificate)
    : socket_{handle}, certificates_(std::move(certificates)), state_(certificates_->newState()) {
    if (asksForCertificate) {
        askForCertificate(*state_);
    }
    BIO* bio = SocketBio::over(socket_).release();
    SSL_set_bio(state_.get(), bio, bio);
    SSL_set_accept_state(state_.get());
}

Transfer TlsSession::handshake() {
    ERR_clear_error();
    const Transfer outcome = outcomeOf(SSL_do_handshake(state_.get()));
    isSound_ = outcome == Transfer::some;
    return outcome;
}

std::shared_ptr<const CertificateChain> TlsSession::clientCertificate() const {
    return certificateShown(*state_);
}

Transfer TlsSession::receive(char* buffer, std::size_t size, std::string_view& bytes) {
    ERR_clear_error();
    std::size_t count = 0;
    const Transfer outcome = outcomeOf(SSL_read_ex(state_.get(), buffer, size, &count));
    bytes = std::string_view(buffer, count);
    return outcome;
}

bool TlsSession::mayHaveBytes() const noexcept {
    return !socket_.isDry || SSL_has_pending(state_.get()) == 1;
}

Transfer TlsSession::send(std::string_view bytes, std::size_t& sent) {
    sent = 0;
    while (sent < bytes.size()) {
        ERR_clear_error();
        std::size_t count = 0;
        const Transfer outcome =
            outcomeOf(SSL_write_ex(state_.get(), bytes.data() + sent, bytes.size() - sent, &count));
        if (outcome != Transfer::some) {
            return outcome;
        }
        sent += count;
    }
    return Transfer::some;
}

void TlsSession::endSending() noexcept {
    if (std::exchange(isSound_, false)) {
        SSL_shutdown(state_.get());
        ERR_clear_error();
    }
}

Transfer TlsSession::outcomeOf(int result) {
    if (result == 1) {
        return Transfer::some;
    }
    switch (SSL_get_error(state_.get(), result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: return Transfer::none;
    case SSL_ERROR_ZERO_RETURN: return Transfer::ended;  // it said so, and may be answered
    default: break;
    }
    isSound_ = false;
    failure_ = opensslReason();
    return Transfer::ended;
}

}  // namespace gatehouse
