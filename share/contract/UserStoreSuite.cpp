// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeHost.h>
#include <gatehouse/testkit/UserStoreContract.h>

#include "LoadedBed.h"
#include "Suites.h"

namespace gatehouse {

namespace {

/// The people are where the store looks; the trial says how two of them log in. Nothing is changed
/// there, so an editor is not tried.
struct LoadedStore : LoadedBed {
    static testkit::CasePeople whoIsThere() {
        const auto person = known("person");
        const auto disabled = known("disabled");
        return {std::string(person.text("login")), std::string(person.text("password")),
                std::string(disabled.text("login")), std::string(disabled.text("password"))};
    }
    std::unique_ptr<UserStore> make() { return started<UserStore>(host); }

    testkit::FakeHost host;
};

}  // namespace

std::unique_ptr<CppUnit::Test> userStoreSuite() {
    return std::unique_ptr<CppUnit::Test>(testkit::UserStoreContract<LoadedStore>::suite());
}

}  // namespace gatehouse
