// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/UserStoreContract.h>

#include "../FailedCases.h"

#include <ctime>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {
namespace {

enum class Bug {
    none,
    noDecoy,
    cheapDecoy,
    dearDecoy,
    disabledAnsweredAtOnce,
    loginCutAtNul,
    idCutAtNul,
    caseOfSpelling,
    idOfTheLogin,
    idOfTheStart,
    binaryId,
    emptyClaim,
    verifiedLost,
    verifiedAsText,
    verifiedWithoutEmail,
    claimsLostById
};

struct Person {
    User user;
    std::string password;
};

/// Spends CPU time, as a password hash does.
void work(int microseconds) {
    const auto spent = [] {
        timespec now{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return now.tv_sec * 1000000 + now.tv_nsec / 1000;
    };
    for (const auto end = spent() + microseconds; spent() < end;) {
    }
}

/// Keeps what the contract says, but for one bug.
class WrongStore final : public UserStore {
public:
    WrongStore(Bug bug, std::vector<Person> people) : bug_(bug), people_(std::move(people)) {}

    Result<std::optional<User>> findByLogin(const Context& /*context*/,
                                            std::string_view login) const override {
        const Person* found = named(bug_ == Bug::caseOfSpelling && login.substr(0, 1) == "A"
                                        ? std::string("a").append(login.substr(1))
                                        : std::string(login));
        return found == nullptr ? std::nullopt : std::optional<User>(found->user);
    }
    Result<std::optional<User>> findById(const Context& /*context*/,
                                         std::string_view id) const override {
        for (const auto& person : people_) {
            if (person.user.id == (bug_ == Bug::idCutAtNul ? cut(id) : id)) {
                User found = person.user;
                if (bug_ == Bug::claimsLostById) {
                    found.claims = {};
                }
                return std::optional<User>(found);
            }
        }
        return std::optional<User>{};
    }
    Result<std::optional<User>> checkPassword(const Context& /*context*/, std::string_view login,
                                              const Secret& password) const override {
        const Person* found = named(login);
        work(cost(found));
        const bool isIn =
            found != nullptr && !found->user.isDisabled && password.view() == found->password;
        return isIn ? std::optional<User>(found->user) : std::optional<User>{};
    }

private:
    static std::string_view cut(std::string_view text) { return text.substr(0, text.find('\0')); }
    const Person* named(std::string_view login) const {
        for (const auto& person : people_) {
            if (person.user.login == (bug_ == Bug::loginCutAtNul ? cut(login) : login)) {
                return &person;
            }
        }
        return nullptr;
    }
    int cost(const Person* found) const {
        constexpr int usual = 2000;
        if (found != nullptr) {
            return found->user.isDisabled && bug_ == Bug::disabledAnsweredAtOnce ? 0 : usual;
        }
        switch (bug_) {
        case Bug::noDecoy: return 0;
        case Bug::cheapDecoy: return usual / 10;
        case Bug::dearDecoy: return usual * 10;
        default: return usual;
        }
    }

    Bug bug_;
    std::vector<Person> people_;
};

template <Bug bug> struct WrongBed {
    void addUser(User user, std::string_view password) {
        user.id = bug == Bug::idOfTheLogin ? user.login : std::to_string(1001 + people.size());
        if (bug == Bug::binaryId) {
            user.id += "\xFF";
        }
        if (bug == Bug::emptyClaim) {
            user.claims.set("name", user.claims.text("name"));
        }
        if (bug == Bug::verifiedLost) {
            user.claims.erase("email_verified");
        }
        if (bug == Bug::verifiedAsText && user.claims.contains("email_verified")) {
            user.claims.set("email_verified", "true");
        }
        if (bug == Bug::verifiedWithoutEmail) {
            user.claims.set("email_verified", true);
        }
        people.push_back({std::move(user), std::string(password)});
    }
    void rename(std::string_view login, std::string_view newLogin) {
        for (auto& person : people) {
            if (person.user.login == login) {
                person.user.login = newLogin;
                person.user.id = bug == Bug::idOfTheLogin ? newLogin : person.user.id;
            }
        }
    }
    std::unique_ptr<UserStore> make() {
        for (auto& person : people) {
            person.user.id += bug == Bug::idOfTheStart ? "'" : "";
        }
        return std::make_unique<WrongStore>(bug, people);
    }

    std::vector<Person> people;
};

struct ForgetfulBed : WrongBed<Bug::verifiedLost> {
    static constexpr bool knowsVerifiedEmail = false;
};

/// A shop's table: who somebody is, is their mail address.
struct ShopBed : WrongBed<Bug::none> {
    static constexpr bool loginIsEmail = true;
    void addUser(User user, std::string_view password) {
        user.claims.set("email", user.login);
        WrongBed::addUser(std::move(user), password);
    }
};

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongUserStoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongUserStoreTest);
    CPPUNIT_TEST(aRightStorePasses);
    CPPUNIT_TEST(timeThatTellsWhoExistsIsFound);
    CPPUNIT_TEST(textCutAtNulIsFound);
    CPPUNIT_TEST(aSpellingThatTellsWhoExistsIsFound);
    CPPUNIT_TEST(anIdOfTheLoginIsFound);
    CPPUNIT_TEST(anIdOfTheStartIsFound);
    CPPUNIT_TEST(aBinaryIdIsFound);
    CPPUNIT_TEST(wrongClaimsAreFound);
    CPPUNIT_TEST(aBedThatCannotSayVerifiedIsNotAsked);
    CPPUNIT_TEST(aStoreWhoseLoginIsTheMailAddressPasses);
    CPPUNIT_TEST_SUITE_END();

public:
    void aRightStorePasses() { finds<WrongBed<Bug::none>>(""); }

    void timeThatTellsWhoExistsIsFound() {
        constexpr const char* found = "aWrongPasswordCostsTheSameWhoeverIsNamed ";
        finds<WrongBed<Bug::noDecoy>>(found);
        finds<WrongBed<Bug::cheapDecoy>>(found);
        finds<WrongBed<Bug::dearDecoy>>(found);
        finds<WrongBed<Bug::disabledAnsweredAtOnce>>(found);
    }

    void textCutAtNulIsFound() {
        finds<WrongBed<Bug::loginCutAtNul>>("aLoginIsNotCutAtNul ");
        finds<WrongBed<Bug::idCutAtNul>>("anIdIsNotCutAtNul ");
    }

    void aSpellingThatTellsWhoExistsIsFound() {
        finds<WrongBed<Bug::caseOfSpelling>>("loginsThatFindOnePersonHaveOneSpelling ");
    }

    void anIdOfTheLoginIsFound() {
        finds<WrongBed<Bug::idOfTheLogin>>("theIdStaysTheSameWithAnotherLogin ");
    }

    void anIdOfTheStartIsFound() {
        finds<WrongBed<Bug::idOfTheStart>>(
            "theIdStaysTheSameAfterAnotherStart theIdStaysTheSameWithAnotherLogin ");
    }

    void aBinaryIdIsFound() { finds<WrongBed<Bug::binaryId>>("anIdIsAText "); }

    void wrongClaimsAreFound() {
        finds<WrongBed<Bug::emptyClaim>>("claimsAreNeverEmpty ");
        finds<WrongBed<Bug::verifiedLost>>("aVerifiedEmailIsSaidToBe ");
        finds<WrongBed<Bug::verifiedAsText>>("aVerifiedEmailIsSaidToBe ");
        finds<WrongBed<Bug::verifiedWithoutEmail>>("noEmailIsNotAVerifiedOne ");
        finds<WrongBed<Bug::claimsLostById>>("claimsAreHandedOverHoweverAsked ");
    }

    void aBedThatCannotSayVerifiedIsNotAsked() { finds<ForgetfulBed>(""); }

    void aStoreWhoseLoginIsTheMailAddressPasses() { finds<ShopBed>(""); }

private:
    /// `expected`: the cases that fail, each with a space after it.
    template <class Bed> static void finds(const std::string& expected) {
        CPPUNIT_ASSERT_EQUAL(expected, failedCases(testkit::UserStoreContract<Bed>::suite()));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongUserStoreTest);

}  // namespace gatehouse
