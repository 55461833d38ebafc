// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/ResourceRegistryContract.h>

#include "../AskRecords.h"
#include "../ContractFinds.h"

#include <atomic>

namespace gatehouse {

namespace {

enum class Bug {
    none,
    knowsNothing,
    knowsAll,
    ignoresCase,
    ignoresSlash,
    namesAnother,
    livesBackwards,
    absenceIsAnError,
    awayLooksUnknown,
    staysAway,
    isPatient,
    forgets
};

using Found = std::shared_ptr<const ProtectedResource>;

/// Keeps what the contract says, but for one bug; asks its storage before it says anything.
template <Bug bug> class WrongRegistry final : public ResourceRegistry {
public:
    explicit WrongRegistry(Host& host) : host_(host) {}

    Result<Found> find(const Context& context, std::string_view identifier) const override {
        const auto asked = askRecords(host_, context, bug == Bug::isPatient);
        wasAway_ = wasAway_ || !asked;
        if (bug == Bug::awayLooksUnknown && !asked) {
            return Found();
        }
        if (!asked || (bug == Bug::staysAway && wasAway_)) {
            return Error::unavailable("away");
        }
        if (isOrders(identifier)) {
            return orders();
        }
        return bug == Bug::absenceIsAnError ? Result<Found>(Error::badInput("no such API"))
                                            : Result<Found>(Found());
    }

private:
    static bool isOrders(std::string_view identifier) {
        std::string meant(identifier);
        if (bug == Bug::ignoresCase && meant.substr(0, 11) == "https://API") {
            meant.replace(0, 11, "https://api");
        }
        if (bug == Bug::ignoresSlash && !meant.empty() && meant.back() == '/') {
            meant.pop_back();
        }
        return bug != Bug::knowsNothing &&
               (bug == Bug::knowsAll || meant == "https://api.example/orders");
    }
    Found orders() const {
        if (bug == Bug::forgets && ++asked_ > 20) {
            return {};
        }
        ProtectedResource resource;
        resource.identifier = bug == Bug::namesAnother ? "orders" : "https://api.example/orders";
        resource.longest = bug == Bug::livesBackwards ? seconds{-1} : seconds{60};
        return std::make_shared<const ProtectedResource>(resource);
    }

    Host& host_;
    mutable std::atomic<bool> wasAway_{false};
    mutable std::atomic<int> asked_{0};
};

template <Bug bug> struct WrongBed : testkit::HostBed {
    std::unique_ptr<ResourceRegistry> make() { return std::make_unique<WrongRegistry<bug>>(host); }
};

class WrongRegistryTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WrongRegistryTest);
    CPPUNIT_TEST(eachIsFound);
    CPPUNIT_TEST_SUITE_END();

    template <Bug bug> static void finds(const std::string& expected) {
        contractFinds<testkit::ResourceRegistryContract<WrongBed<bug>>>(expected);
    }

public:
    void eachIsFound() {
        finds<Bug::none>("");
        finds<Bug::knowsNothing>(
            "whatItKnowsIsFound awayIsNotUnknown aDeadlineIsKept manyThreadsFindIt ");
        finds<Bug::knowsAll>("nothingElseIs ");
        finds<Bug::ignoresCase>("nothingElseIs ");
        finds<Bug::ignoresSlash>("nothingElseIs ");
        finds<Bug::namesAnother>("whatItKnowsIsFound manyThreadsFindIt ");
        finds<Bug::livesBackwards>("whatItKnowsIsFound manyThreadsFindIt ");
        finds<Bug::absenceIsAnError>("nothingElseIs ");
        finds<Bug::awayLooksUnknown>("awayIsNotUnknown aDeadlineIsKept ");
        finds<Bug::staysAway>("awayIsNotUnknown aDeadlineIsKept ");
        finds<Bug::isPatient>("aDeadlineIsKept ");
        finds<Bug::forgets>("manyThreadsFindIt ");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrongRegistryTest);

}  // namespace

}  // namespace gatehouse
