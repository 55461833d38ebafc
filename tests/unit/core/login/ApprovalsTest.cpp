// SPDX-License-Identifier: Apache-2.0
#include "login/Approvals.h"

#include "LoginBed.h"
#include "authorization/SealedRequests.h"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <stdexcept>

namespace gatehouse {

namespace {

/// Says what a test wants, and notes what it was asked.
class FakeApprover final : public Approver {
public:
    Result<Ruling> ask(const Context& context, const Approval& approval) const override {
        ++asked;
        scopes = approval.scopes.text();
        url = approval.url;
        shown = approval.shown;
        return says(context);
    }

    std::function<Result<Ruling>(const Context&)> says = [](const Context&) { return Ruling{}; };
    mutable int asked = 0;
    mutable std::string scopes;
    mutable std::string url;
    mutable ValueMap shown;
};

}  // namespace

class ApprovalsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ApprovalsTest);
    CPPUNIT_TEST(whoAllowsKeepsThePromise);
    CPPUNIT_TEST(whoDeniesEndsIt);
    CPPUNIT_TEST(whoStillThinksIsAskedAgain);
    CPPUNIT_TEST(theNextIsAskedWhereOneIsAwayOrThrows);
    CPPUNIT_TEST(whoeverIsFasterDecides);
    CPPUNIT_TEST(whatIsOverIsNotAskedAbout);
    CPPUNIT_TEST(aPersonWhoIsGoneIsNotAskedAbout);
    CPPUNIT_TEST(lessThanTheClientNeedsIsNotEnough);
    CPPUNIT_TEST(whoIsNotSaidToHaveProvenAnythingHasNoClass);
    CPPUNIT_TEST(aStoreThatIsAwayIsAskedLater);
    CPPUNIT_TEST(anotherClientOfThatNameIsNotAskedAbout);
    CPPUNIT_TEST(withoutApproversThereIsNoJob);
    CPPUNIT_TEST_SUITE_END();

    using Named = std::vector<Host::Named<Approver>>;
    static constexpr const char* kind = "ticket/grant.test/promised";

    LoginBed bed_;
    const SharedJobs jobs_{bed_.jobBook, bed_.jobHandlers, bed_.jobRunner};
    FakeApprover first_;
    FakeApprover second_;
    std::unique_ptr<Approvals> approvals_;

    std::unique_ptr<Approvals> make() {
        return std::make_unique<Approvals>(
            Approvals::Parts{bed_.host, jobs_, bed_.people, bed_.promises,
                             bed_.clientRules.subjects(), bed_.claims},
            AuthorizationRequestReader::Parts{bed_.directory, bed_.host.jose(), bed_.claims,
                                              bed_.sources, bed_.rules, bed_.modes, bed_.types,
                                              bed_.bindings, bed_.resources, bed_.askedSteps},
            Named{{"first", &first_}, {"second", &second_}});
    }
    Promised promise(const std::string& claims = {}, const std::string& registration = {}) {
        const auto client = *bed_.directory.find(bed_.context, "site");
        FoundRequest found{Form({{"client_id", "site"},
                                 {"scope", "openid email offline_access"},
                                 {"claims", claims},
                                 {"prompt", "consent"}}),
                           ValueMap()};
        Promise terms;
        terms.lifetime = seconds{300};
        terms.page = {"page", {{"binding_message", "W4SCT"}}};
        terms.askPath = "/ask/";
        Client asking = *client;
        asking.registration = registration;
        const auto made =
            bed_.promises.make(bed_.context, kind, asking,
                               SealedRequests(bed_.host).seal(bed_.context, *client, found), terms,
                               {"sub-of-ada", "people", "id-ada"});
        CPPUNIT_ASSERT(made && approvals_->begin(bed_.context, made->reference));
        return *made;
    }
    Status look(const Promised& promised) {
        DueJob job;
        job.payload = promised.reference;
        return *bed_.jobHandlers.run("core/approval", bed_.context, job);
    }
    Result<OpenedTicket, OAuthError> redeem(const Promised& promised) {
        bed_.promises.polls().forget(promised.reference);  // what the change feed does
        return bed_.tickets.open(bed_.context, kind, **bed_.directory.find(bed_.context, "site"),
                                 {}, promised.text);
    }
    std::string told(const Promised& promised) { return redeem(promised).error().code; }
    std::size_t waiting() { return bed_.host.fakeRecords.all("job").size(); }
    static auto saying(Ruling::Says says, std::vector<std::string> amr = {}) {
        return [ruling = Ruling{says, std::move(amr)}](const Context&) { return ruling; };
    }

public:
    void setUp() override { approvals_ = make(); }

    void whoAllowsKeepsThePromise() {
        const auto promised = promise();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, waiting());
        first_.says = saying(Ruling::Says::allow, {"face", "hwk"});
        CPPUNIT_ASSERT(look(promised));
        const auto ticket = redeem(promised);
        CPPUNIT_ASSERT(ticket);
        const auto& given = ticket->authorization;
        CPPUNIT_ASSERT_EQUAL(std::string("sub-of-ada"), given.subject.sub);
        CPPUNIT_ASSERT_EQUAL(std::string("openid email offline_access"), given.scopes.text());
        CPPUNIT_ASSERT_EQUAL(std::string("urn:gatehouse:acr:two-factors"),
                             given.authentication.acr);
        CPPUNIT_ASSERT(given.authentication.time == bed_.host.clock().now());
        CPPUNIT_ASSERT_EQUAL(std::string("openid email offline_access"), first_.scopes);
        CPPUNIT_ASSERT_EQUAL(std::string("W4SCT"),
                             std::string(first_.shown.text("binding_message")));
        CPPUNIT_ASSERT(first_.url.rfind(bed_.context.issuer.url + "/ask/", 0) == 0);
        CPPUNIT_ASSERT_EQUAL(0, second_.asked);
    }

    void whoDeniesEndsIt() {
        const auto promised = promise();
        first_.says = saying(Ruling::Says::deny);
        CPPUNIT_ASSERT(look(promised));
        CPPUNIT_ASSERT_EQUAL(std::string("access_denied"), told(promised));
    }

    void whoStillThinksIsAskedAgain() {
        const auto promised = promise();
        CPPUNIT_ASSERT(look(promised));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, waiting());
        CPPUNIT_ASSERT_EQUAL(std::string("authorization_pending"), told(promised));
        second_.says = saying(Ruling::Says::allow);
        CPPUNIT_ASSERT(look(promised));
        CPPUNIT_ASSERT(redeem(promised));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, waiting());
    }

    void theNextIsAskedWhereOneIsAwayOrThrows() {
        const auto promised = promise();
        first_.says = [](const Context&) -> Result<Ruling> { return Error::unavailable("away"); };
        CPPUNIT_ASSERT(look(promised));
        first_.says = [](const Context&) -> Result<Ruling> { throw std::runtime_error("broken"); };
        second_.says = saying(Ruling::Says::allow);
        CPPUNIT_ASSERT(look(promised));
        CPPUNIT_ASSERT(redeem(promised));
    }

    void whoeverIsFasterDecides() {
        const auto promised = promise();
        first_.says = [&](const Context& context) {
            const auto open = bed_.promises.find(context, promised.reference);
            const auto client = bed_.directory.find(context, "site");
            CPPUNIT_ASSERT(*bed_.promises.deny(context, **client, **open));
            return Ruling{Ruling::Says::allow};
        };
        CPPUNIT_ASSERT(look(promised));
        CPPUNIT_ASSERT_EQUAL(std::string("access_denied"), told(promised));
        CPPUNIT_ASSERT(look(promised));
        CPPUNIT_ASSERT_EQUAL(1, first_.asked);
    }

    void whatIsOverIsNotAskedAbout() {
        const auto promised = promise();
        bed_.host.fakeClock.advance(seconds{300});
        CPPUNIT_ASSERT(look(promised));
        CPPUNIT_ASSERT(look({{}, "no reference"}));
        CPPUNIT_ASSERT_EQUAL(0, first_.asked);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, waiting());
    }

    void aPersonWhoIsGoneIsNotAskedAbout() {
        const auto promised = promise();
        bed_.users.users.erase("ada");
        CPPUNIT_ASSERT(look(promised));
        CPPUNIT_ASSERT_EQUAL(0, first_.asked);
    }

    void lessThanTheClientNeedsIsNotEnough() {
        const auto promised = promise(
            R"({"id_token":{"acr":{"essential":true,"value":"urn:gatehouse:acr:two-factors"}}})");
        first_.says = saying(Ruling::Says::allow, {"pwd"});
        CPPUNIT_ASSERT(look(promised));
        CPPUNIT_ASSERT_EQUAL(std::string("authorization_pending"), told(promised));
        first_.says = saying(Ruling::Says::allow, {"pwd", "hwk"});
        CPPUNIT_ASSERT(look(promised));
        CPPUNIT_ASSERT(redeem(promised));
    }

    void whoIsNotSaidToHaveProvenAnythingHasNoClass() {
        const auto promised = promise();
        first_.says = saying(Ruling::Says::allow);
        CPPUNIT_ASSERT(look(promised));
        const auto ticket = redeem(promised);
        CPPUNIT_ASSERT(ticket);
        CPPUNIT_ASSERT_EQUAL(std::string(), ticket->authorization.authentication.acr);
    }

    void aStoreThatIsAwayIsAskedLater() {
        const auto promised = promise();
        bed_.users.failure = Error::unavailable("away");
        CPPUNIT_ASSERT(look(promised));
        CPPUNIT_ASSERT_EQUAL(0, first_.asked);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, waiting());
    }

    void anotherClientOfThatNameIsNotAskedAbout() {
        const auto promised = promise({}, "another");
        CPPUNIT_ASSERT(look(promised));
        CPPUNIT_ASSERT_EQUAL(0, first_.asked);
    }

    void withoutApproversThereIsNoJob() {
        LoginBed bare;
        const SharedJobs jobs{bare.jobBook, bare.jobHandlers, bare.jobRunner};
        const Approvals none(
            {bare.host, jobs, bare.people, bare.promises, bare.clientRules.subjects(), bare.claims},
            {bare.directory, bare.host.jose(), bare.claims, bare.sources, bare.rules, bare.modes,
             bare.types, bare.bindings, bare.resources, bare.askedSteps},
            {});
        CPPUNIT_ASSERT(none.begin(bare.context, "reference"));
        CPPUNIT_ASSERT(bare.host.fakeRecords.all("job").empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ApprovalsTest);

}  // namespace gatehouse
