// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/UserStoreEditorCases.h>
#include <gatehouse/testkit/UserStoreLookupCases.h>
#include <gatehouse/testkit/UserStorePasswordCases.h>

#include <cppunit/TestSuite.h>

namespace gatehouse::testkit {

/// What every UserStore promises, run against the store of a bed:
///
///     struct AcmeBed {                        // made anew for each case
///         /// Makes a user known to stores made later; the store gives the id. The password should
///         /// cost what it costs in earnest, 1 ms at least.
///         void addUser(const gatehouse::User&, std::string_view password);
///         /// A store that knows them, configured and started.
///         std::unique_ptr<gatehouse::UserStore> make();
///         /// Optional: the backend goes away, comes back, and is slow; see PluginCase.
///         void kill();
///         void revive();
///         void slowDown(gatehouse::milliseconds each);
///         gatehouse::SteadyPoint now();
///         /// Optional: gives a user another login, known to stores made later.
///         void rename(std::string_view login, std::string_view newLogin);
///         /// Optional: the backend cannot say whether an email was verified.
///         static constexpr bool knowsVerifiedEmail = false;
///         /// Optional: people log in with their mail address, so that the claim is the login.
///         static constexpr bool loginIsEmail = true;
///         /// Optional, in place of addUser(): how an active and a disabled person log in who are
///         /// there already; then they are not edited.
///         gatehouse::testkit::CasePeople whoIsThere();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::UserStoreContract<AcmeBed>);
///
/// Threads call the store concurrently, so run it under a thread sanitizer once.
template <class Bed> class UserStoreContract {
public:
    static CppUnit::TestSuite* suite() {
        auto* cases = new CppUnit::TestSuite("UserStoreContract");
        cases->addTest(UserStoreLookupCases<Bed>::suite());
        cases->addTest(UserStorePasswordCases<Bed>::suite());
        if constexpr (!bringsPeople<Bed>) {
            cases->addTest(UserStoreEditorCases<Bed>::suite());
        }
        return cases;
    }
};

}  // namespace gatehouse::testkit
