// SPDX-License-Identifier: Apache-2.0
// A second plugin that calls its tickets as ticket_grant.cpp does. Against the SDK alone.
#include <gatehouse/point/Grant.h>

namespace {

using namespace gatehouse;

class TicketTwin final : public Grant {
public:
    std::string_view type() const noexcept override { return "urn:example:ticket:twin"; }
    std::vector<std::string_view> parameters() const override { return {"ticket"}; }
    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        auto opened = request.openTicket("seat", request.form().text("ticket"));
        return opened ? Result<Entitlement, OAuthError>(Entitlement::from(*std::move(opened)))
                      : opened.error();
    }
};

}  // namespace

GATEHOUSE_PLUGIN(TicketTwin, "ticket_twin", "1.0.0", "Opens tickets of the same name")
