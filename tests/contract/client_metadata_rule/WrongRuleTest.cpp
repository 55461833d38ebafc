// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

#include "../AskRecords.h"
#include "../ContractFinds.h"

namespace gatehouse {

namespace {

enum class Bug { none, believesKind, namesNothing, overwrites, sameTwice, awayIsWrong, isPatient };

/// Wants the member "door" to be a text.
template <Bug bug> class WrongRule final : public ClientMetadataRule {
public:
    Status configure(const Config&, Host& host) override {
        host_ = &host;
        return done();
    }
    std::vector<std::string_view> members() const override {
        return bug == Bug::sameTwice ? std::vector<std::string_view>{"door", "door"}
                                     : std::vector<std::string_view>{"door"};
    }
    Status admit(const Context& context, const ValueMap& metadata) const override {
        const Value* door = metadata.find("door");
        if (door == nullptr) {
            return done();
        }
        const auto asked = askRecords(*host_, context, bug == Bug::isPatient);
        if (!asked) {
            return bug == Bug::awayIsWrong ? Error::badInput("door: is none") : asked.error();
        }
        if (bug == Bug::believesKind) {
            std::get<std::string>(door->state());
        }
        return door->text() != nullptr
                   ? done()
                   : Error::badInput(bug == Bug::namesNothing ? "it is wrong" : "door: is a text");
    }
    void describe(const Issuer&, ValueMap& metadata) const override {
        metadata.set(bug == Bug::overwrites ? "issuer" : "doors_supported", true);
    }

private:
    Host* host_ = nullptr;
};

template <Bug bug> struct WrongBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() {
        auto made = std::make_unique<WrongRule<bug>>();
        CPPUNIT_ASSERT(made->configure(testkit::FakeConfig{}, host));
        return made;
    }
    ValueMap good() { return {{"door", "front"}}; }
    std::vector<ValueMap> bad() { return {{{"door", 1}}}; }
};

template <Bug bug> using Contract = testkit::ClientMetadataRuleContract<WrongBed<bug>>;

}  // namespace

/// The contract suite finds what it is there to find, and nothing else.
class WrongRuleTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongRuleTest);
    CPPUNIT_TEST(aRightRulePasses);
    CPPUNIT_TEST(wrongOnesAreFound);
    CPPUNIT_TEST_SUITE_END();

public:
    void aRightRulePasses() { contractFinds<Contract<Bug::none>>(""); }

    void wrongOnesAreFound() {
        contractFinds<Contract<Bug::believesKind>>(
            "eachProblemBeginsWithItsMember oddValuesAreData manyThreadsMayAsk ");
        contractFinds<Contract<Bug::namesNothing>>(
            "eachProblemBeginsWithItsMember oddValuesAreData ");
        contractFinds<Contract<Bug::overwrites>>("discoveryIsAddedTo ");
        contractFinds<Contract<Bug::sameTwice>>("itsMembersHaveNames ");
        contractFinds<Contract<Bug::awayIsWrong>>(
            "aBackendThatIsAwayIsNoAnswer aSlowBackendIsGivenUpInTime ");
        contractFinds<Contract<Bug::isPatient>>("aSlowBackendIsGivenUpInTime ");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongRuleTest);

}  // namespace gatehouse
