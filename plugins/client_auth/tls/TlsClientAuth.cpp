// SPDX-License-Identifier: Apache-2.0
#include "TlsClientAuth.h"

#include "RegisteredCertificates.h"
#include "SubjectMember.h"
#include "SubjectMembers.h"
#include "crypto/CertificateList.h"
#include "crypto/Digest.h"
#include "text/Base64Url.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view issued = "tls_client_auth";
constexpr std::string_view registered = "self_signed_tls_client_auth";
constexpr FileWish anchorsWish{Keeping::own, 4 << 20U};
constexpr seconds lookEvery{1};
constexpr std::size_t longestChain = 32;

}  // namespace

Status TlsClientAuth::configure(const Config& config, Host& host) {
    host_ = &host;
    if (config.has("ca_file")) {
        caFile_ = config.text("ca_file");
        file_.emplace(caFile_, anchorsWish);
    }
    return done();
}

Status TlsClientAuth::check() const {
    if (caFile_.empty()) {
        return done();
    }
    WatchedFile file(caFile_, anchorsWish);
    Anchors anchors;
    return read(file, anchors);
}

Status TlsClientAuth::start() {
    clients_ = &host_->one<Clients>();
    return file_ ? read(*file_, anchors_) : done();
}

std::vector<std::string_view> TlsClientAuth::methods() const {
    return caFile_.empty() ? std::vector{registered} : std::vector{issued, registered};
}

/// The request says whose certificate it is by `client_id` (RFC 8705 section 2).
std::optional<ClientProof> TlsClientAuth::find(const HttpRequest& request, const Form& form) const {
    if (request.clientCertificate == nullptr || !form.has("client_id")) {
        return std::nullopt;
    }
    ClientProof proof;
    proof.clientId = form.text("client_id");
    proof.method = methods().front();
    proof.isImplied = true;
    std::string shown;
    for (const auto& der : *request.clientCertificate) {
        shown += der;
    }
    proof.evidence = Secret(shown);
    if (form.count("client_id") > 1) {
        proof.malformed = "client_id was sent more than once";
    }
    return proof;
}

Result<Verdict> TlsClientAuth::verify(const Context& context, const ClientProof& proof,
                                      const Client& client) const {
    if (!proof.malformed.empty()) {
        return Verdict::refused(proof.malformed);
    }
    const auto shown = certificatesIn(proof.evidence.view(), longestChain);
    if (shown.empty()) {
        return Verdict::refused("what was shown is no chain of certificates");
    }
    return proof.method == issued ? verifyIssued(shown, client)
                                  : verifyRegistered(context, *shown.front(), client);
}

Verdict TlsClientAuth::verifyIssued(const std::vector<Certificate>& shown,
                                    const Client& client) const {
    const auto* member = subjectMemberOf(client.metadata);
    if (member == nullptr) {
        return Verdict::refused("the client does not say in one way whose certificate is its own");
    }
    if (!member->names(*shown.front(), client.metadata.text(member->name))) {
        return Verdict::refused("the certificate is not that of the client's " +
                                std::string(member->name));
    }
    const auto believed = anchors();
    auto problem = believed == nullptr ? "no authority is believed (ca_file)"
                                       : believed->problem(shown, host_->clock().now());
    return problem.empty() ? Verdict::proven() : Verdict::refused(std::move(problem));
}

/// Dates and signatures are not looked at: that the client registered it is what it is worth.
Result<Verdict> TlsClientAuth::verifyRegistered(const Context& context, const X509& certificate,
                                                const Client& client) const {
    // Asked again as for a key that nobody knows: the client may have a new certificate by now.
    for (const auto& kid : {std::string(), base64url(sha256(derOf(certificate)))}) {
        const auto keys = clients_->keys(context, client, kid);
        if (!keys && keys.error().isTemporary()) {
            return keys.error();
        }
        if (!keys || *keys == nullptr) {
            return Verdict::refused(keys ? "the client has no keys" : keys.error().detail);
        }
        if (isRegistered(certificate, **keys)) {
            return Verdict::proven();
        }
    }
    return Verdict::refused("the certificate is none of those that the client has registered");
}

Status TlsClientAuth::read(WatchedFile& file, Anchors& anchors) const {
    const auto given = file.read();
    if (!given) {
        return given.error();
    }
    if (!given->doubt.empty()) {
        host_->log().write(Level::warning, given->doubt);
    }
    auto made = TrustAnchors::read(given->text, file.path());
    if (!made) {
        return made.error();
    }
    anchors = std::make_shared<const TrustAnchors>(*std::move(made));
    return done();
}

TlsClientAuth::Anchors TlsClientAuth::anchors() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto now = host_->clock().steady();
    if (file_ && now >= looked_ + lookEvery) {
        looked_ = now;
        const auto status = file_->isChanged() ? read(*file_, anchors_) : done();
        if (!status) {
            host_->log().write(Level::error,
                               "authorities kept as they were: " + status.error().detail);
        }
    }
    return anchors_;
}

constexpr Field fields[] = {
    {"ca_file", Kind::path, optional,
     "PEM file of the authorities that issue clients' certificates; without it there is no "
     "tls_client_auth"},
};
constexpr const char* needs[] = {"clients"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::TlsClientAuth, "tls", "0.1.0",
                   "tls_client_auth and self_signed_tls_client_auth", gatehouse::fields,
                   gatehouse::needs)
GATEHOUSE_LIBRARY(gatehouse::TlsClientAuth, gatehouse::SubjectMembers)
