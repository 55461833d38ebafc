// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ClaimsSource.h>
#include <gatehouse/testkit/FakeContext.h>

#include <string>
#include <utility>

namespace gatehouse::testkit {

/// Claims wanted about Ada for a client "site", for an access token unless the test says otherwise.
class FakeClaimsWanted final : public ClaimsWanted {
public:
    explicit FakeClaimsWanted(ValueMap note = {}) : fakeNote(std::move(note)) {
        fakeClient.id = "site";
        fakeClient.authMethod = "none";
    }
    FakeClaimsWanted(const FakeClaimsWanted&) = delete;
    FakeClaimsWanted& operator=(const FakeClaimsWanted&) = delete;

    const Context& context() const noexcept override { return context_; }
    const Client& client() const noexcept override { return fakeClient; }
    const Subject& subject() const noexcept override { return fakeSubject; }
    const ScopeSet& scopes() const noexcept override { return fakeScopes; }
    std::string_view target() const noexcept override { return fakeTarget; }
    const ValueMap& person() const noexcept override { return fakePerson; }
    const ValueMap& note() const noexcept override { return fakeNote; }

    void giveUpAt(SteadyPoint deadline) noexcept { context_.deadline = deadline; }

    FakeContext fakeContext;
    Client fakeClient;
    Subject fakeSubject{"sub-of-ada", "people", "id-of-ada"};
    ScopeSet fakeScopes{"openid", "profile"};
    std::string fakeTarget{accessToken};
    ValueMap fakePerson{{"name", "Ada Lovelace"}};
    ValueMap fakeNote;

private:
    Context context_ = fakeContext;
};

}  // namespace gatehouse::testkit
