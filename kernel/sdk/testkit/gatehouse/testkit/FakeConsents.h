// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Consents.h>
#include <gatehouse/testkit/FakeBackend.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// Ada ("sub-of-ada") allowed the client "site" to see her e-mail address.
class FakeConsents final : public Consents {
public:
    /// The backend must outlive this.
    explicit FakeConsents(const FakeBackend& backend) : backend_(backend) {}

    Result<std::vector<Consent>> list(const Context& context, std::string_view sub) const override {
        return backend_.answer(context, sub == "sub-of-ada" ? std::vector<Consent>{adas()}
                                                            : std::vector<Consent>{});
    }
    Result<bool> withdraw(const Context& context, std::string_view sub, std::string_view clientId,
                          const ScopeSet& scopes, std::string_view) const override {
        withdrawn.push_back(std::string(sub) + " " + std::string(clientId) + " " + scopes.text());
        return backend_.answer(context, sub == "sub-of-ada" && clientId == adas().clientId);
    }

    mutable std::vector<std::string> withdrawn;  ///< "SUB CLIENT SCOPES" of each call

private:
    static Consent adas() {
        Consent consent;
        consent.clientId = "site";
        consent.scopes = {"openid", "email"};
        consent.given = TimePoint{seconds{1'700'000'000}};
        consent.expires = never;
        return consent;
    }

    const FakeBackend& backend_;
};

}  // namespace gatehouse::testkit
