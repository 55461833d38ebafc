// SPDX-License-Identifier: Apache-2.0
// A grant as a third party writes it, against the SDK alone: who brings a person's number gets
// tokens about them.
#include <gatehouse/Host.h>
#include <gatehouse/point/Grant.h>

namespace {

using namespace gatehouse;

class Voucher final : public Grant {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    std::string_view type() const noexcept override { return "urn:example:voucher"; }
    std::vector<std::string_view> parameters() const override { return {"id", "sub", "scope"}; }

    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        const auto person = Subject::person("local", std::string(request.form().text("id")));
        auto scopes = request.requestedScopes(person);
        if (!scopes) {
            return scopes.error();
        }
        const auto sub = host_->subjects().of(request.context(), person.store, person.id);
        if (!sub) {
            return OAuthError::from(sub.error());
        }
        if (request.form().has("sub") && request.form().text("sub") != *sub) {
            return OAuthError::of(OAuthCode::invalidGrant, "The voucher is somebody else's");
        }
        return Entitlement::of(person, *std::move(scopes));
    }

private:
    Host* host_ = nullptr;
};

}  // namespace

GATEHOUSE_PLUGIN(Voucher, "voucher", "1.0.0", "Tokens about the person whose number is shown")
