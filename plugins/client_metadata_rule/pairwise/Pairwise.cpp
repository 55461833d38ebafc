// SPDX-License-Identifier: Apache-2.0
#include "Pairwise.h"

#include "Sector.h"
#include "json/MemberChoice.h"
#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/SiteAddress.h"

namespace gatehouse {

namespace {

Status checkAddress(const ValueMap& metadata) {
    return !isThere(metadata, sectorMember) || isSiteAddress(metadata.text(sectorMember))
               ? done()
               : Error::badInput(std::string(sectorMember).append(": ").append(notASiteAddress));
}

}  // namespace

Status Pairwise::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    document_.emplace(host);
    return done();
}

std::vector<std::string_view> Pairwise::members() const {
    return {sectorMember};
}

Status Pairwise::admit(const Context& /*context*/, const ValueMap& metadata) const {
    if (auto checked = checkAddress(metadata); !checked) {
        return checked;
    }
    const auto sector =
        sectorOf(metadata.text(sectorMember), textsOf(metadata.find("redirect_uris")));
    return metadata.text("subject_type") != type() || !sector.empty()
               ? done()
               : Error::badInput("sector_identifier_uri: needed for pairwise subjects, unless all "
                                 "redirect_uris are of one host");
}

Status Pairwise::checkRemote(const Context& context, const ValueMap& metadata) const {
    return document_->check(context, metadata);
}

Result<std::string> Pairwise::sub(const Context& context, const Client& client,
                                  std::string_view sub) const {
    std::string source = std::to_string(context.issuer.id);
    source.append(1, '\0')
        .append(sectorOf(client.metadata.text(sectorMember), client.redirectUris))
        .append(1, '\0')
        .append(sub);
    return base64url(host_->crypto().mac("pairwise", source));
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Pairwise, "pairwise", "0.1.0",
                 "People whom clients of different sectors know by different names")
