// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Checkable.h>
#include <gatehouse/Host.h>
#include <gatehouse/ReadsCertificates.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/point/ClientAuthMethod.h>

#include "TrustAnchors.h"
#include "file/WatchedFile.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace gatehouse {

/// Clients that prove themselves by the certificate of their connection (RFC 8705 section 2): one
/// of an authority that is believed, or one that they registered.
class TlsClientAuth final : public With<ClientAuthMethod, Checkable, ReadsCertificates> {
public:
    Status configure(const Config& config, Host& host) override;
    Status check() const override;
    Status start() override;
    std::vector<std::string_view> methods() const override;
    std::optional<ClientProof> find(const HttpRequest& request, const Form& form) const override;
    Result<Verdict> verify(const Context& context, const ClientProof& proof,
                           const Client& client) const override;

private:
    using Anchors = std::shared_ptr<const TrustAnchors>;

    Verdict verifyIssued(const std::vector<Certificate>& shown, const Client& client) const;
    Result<Verdict> verifyRegistered(const Context& context, const X509& certificate,
                                     const Client& client) const;
    Anchors anchors() const;
    Status read(WatchedFile& file, Anchors& anchors) const;

    Host* host_ = nullptr;
    const Clients* clients_ = nullptr;
    std::string caFile_;  // empty: no authority is believed
    mutable std::mutex mutex_;
    mutable std::optional<WatchedFile> file_;
    mutable Anchors anchors_;
    mutable SteadyPoint looked_{};
};

}  // namespace gatehouse
