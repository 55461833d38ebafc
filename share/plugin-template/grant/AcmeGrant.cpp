// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/point/Grant.h>

namespace {

using namespace gatehouse;

/// Who brings a voucher gets tokens about the person it was made for.
class AcmeGrant final : public Grant {
public:
    Status configure(const Config& config, Host& host) override {
        host_ = &host;
        store_ = config.text("store");
        vouchers_ = config.map("vouchers");
        return done();
    }
    std::string_view type() const noexcept override { return "urn:example:acme"; }
    std::vector<std::string_view> parameters() const override { return {"voucher", "scope"}; }

    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        const std::string id = personOf(request.form().text("voucher"));
        if (id.empty()) {
            return OAuthError::of(OAuthCode::invalidGrant, "The voucher is not known");
        }
        const auto person = Subject::person(store_, id);
        auto scopes = request.requestedScopes(person);
        if (!scopes) {
            return scopes.error();
        }
        return Entitlement::of(person, *std::move(scopes));
    }

private:
    /// Compares with every voucher, in constant time.
    std::string personOf(std::string_view given) const {
        std::string id;
        for (const auto& voucher : vouchers_) {
            if (voucher.value.text() != nullptr && host_->crypto().equal(voucher.name, given)) {
                id = *voucher.value.text();
            }
        }
        return id;
    }

    Host* host_ = nullptr;
    std::string store_;
    ValueMap vouchers_;
};

constexpr Field fields[] = {
    {"store", Kind::text, byDefault("local"), "the name of the user store of these people"},
    {"vouchers", Kind::map, required, "by voucher: the person's id in that store"},
};

}  // namespace

GATEHOUSE_PLUGIN(AcmeGrant, "acme", "1.0.0", "Tokens for a voucher of Acme's", fields)
