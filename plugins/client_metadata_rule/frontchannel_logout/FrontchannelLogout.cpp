// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/SessionEnd.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include "json/MemberChoice.h"
#include "json/Members.h"
#include "text/FormText.h"
#include "text/SiteAddress.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view uriMember = "frontchannel_logout_uri";
constexpr std::string_view sessionMember = "frontchannel_logout_session_required";

Error wrong(std::string_view member, std::string_view why) {
    return Error::badInput(std::string(member).append(": ").append(why));
}

/// Section 2: a site of its own, not somebody else's.
bool isWhereAnswersGo(const ValueMap& metadata, std::string_view uri) {
    const auto redirects = textsOf(metadata.find("redirect_uris"));
    return std::any_of(redirects.begin(), redirects.end(), [&](const auto& redirect) {
        return pageOrigin(redirect) == pageOrigin(uri);
    });
}

/// No content policy can name an IPv6 address, so that no browser would load it.
bool canBeFramed(std::string_view uri) {
    return originOfAddress(uri).find('[') == std::string_view::npos;
}

}  // namespace

/// Tells sites that a session has ended, by a frame that the browser loads which signs out (OpenID
/// Connect Front-Channel Logout 1.0).
class FrontchannelLogout final : public With<ClientMetadataRule, SessionEndFrames> {
public:
    Status configure(const Config& /*config*/, Host& /*host*/) override { return done(); }
    std::vector<std::string_view> members() const override { return {uriMember, sessionMember}; }

    Status admit(const Context& /*context*/, const ValueMap& metadata) const override {
        if (isThere(metadata, uriMember)) {
            const std::string_view address = metadata.text(uriMember);
            if (!isSiteAddress(address)) {
                return wrong(uriMember, notASiteAddress);
            }
            if (!canBeFramed(address)) {
                return wrong(uriMember, "must have a host with a name, since no browser would load "
                                        "a frame from an IPv6 literal");
            }
            if (!isWhereAnswersGo(metadata, address)) {
                return wrong(uriMember, "must have scheme, host and port of a redirect URI");
            }
        }
        return isFlag(metadata, sessionMember) ? done() : wrong(sessionMember, notAFlag);
    }
    void describe(const Issuer& /*issuer*/, ValueMap& metadata) const override {
        metadata.set("frontchannel_logout_supported", true);
        metadata.set("frontchannel_logout_session_supported", true);
    }

    /// Section 3: a query that the address has stays.
    std::string frame(const Context& context, const EndedSession& session) const override {
        const auto url = session.client.metadata.text(uriMember);
        return url.empty() ? std::string()
                           : withQuery(url, writeForm({{"iss", context.issuer.url},
                                                       {"sid", std::string(session.sid)}}));
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::FrontchannelLogout, "frontchannel_logout", "0.1.0",
                 "Sites are told by the browser that its session has ended")
