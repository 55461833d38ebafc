// SPDX-License-Identifier: Apache-2.0
#include "client/SubjectForms.h"

#include <gatehouse/RemoteCheck.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "client/ClientDirectory.h"
#include "client/ClientEditor.h"
#include "client/ClientRules.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

namespace gatehouse {

namespace {

/// Clients of the type "masked" know people by their masks.
class Masks final : public With<ClientMetadataRule, SubjectForm, RemoteCheck> {
public:
    std::vector<std::string_view> members() const override { return {"mask"}; }
    Status admit(const Context&, const ValueMap&) const override { return done(); }
    Status checkRemote(const Context&, const ValueMap& metadata) const override {
        ++asked;
        return metadata.text("mask") == "torn" ? Status(Error::badInput("mask: is torn")) : done();
    }
    std::string_view type() const noexcept override { return "masked"; }
    Result<std::string> sub(const Context&, const Client& client,
                            std::string_view sub) const override {
        if (sub == "nobody") {
            throw std::runtime_error("no mask");
        }
        return std::string("masked ").append(client.metadata.text("mask")).append(sub);
    }

    mutable int asked = 0;
};

}  // namespace

class SubjectFormsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SubjectFormsTest);
    CPPUNIT_TEST(clientsOfATypeAreToldItsForm);
    CPPUNIT_TEST(sessionsTellNoMoreThanPeopleDo);
    CPPUNIT_TEST(theServersOwnIsNeverToldInItsPlace);
    CPPUNIT_TEST(aTypeThatNobodyHasIsRefused);
    CPPUNIT_TEST(whatIsAskedElsewhereIsAskedLast);
    CPPUNIT_TEST(noClientGivesItselfOtherNamesOfPeople);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    Masks masks_;
    ClientRules rules_{{{"masks", &masks_}}};
    ClientDirectory directory_{
        host_, rules_, [] { return true; },
        [](IssuerId) { return std::make_shared<const std::vector<Client>>(); }};
    ClientEditor editor_{host_, directory_, rules_, {}};

    static Client client(std::string_view type) {
        Client made;
        made.id = "site";
        if (!type.empty()) {
            made.metadata.set("subject_type", type);
        }
        return made;
    }
    Result<std::string> told(std::string_view type, const Subject& subject) {
        return rules_.subjects().told(context_, client(type), subject);
    }
    static Subject person(std::string sub) { return {std::move(sub), "local", "1"}; }
    Result<NewClient> add(std::string id, const ValueMap& more) {
        ValueMap metadata{{"client_id", std::move(id)},
                          {"redirect_uris", ValueList{"https://site.example/cb"}}};
        for (const auto& member : more) {
            metadata.set(member.name, member.value);
        }
        return editor_.add(context_, metadata);
    }

public:
    void clientsOfATypeAreToldItsForm() {
        CPPUNIT_ASSERT_EQUAL(std::string("masked ada"), *told("masked", person("ada")));
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), *told("public", person("ada")));
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), *told("", person("ada")));
        CPPUNIT_ASSERT_EQUAL(std::string("site"), *told("masked", Subject{"site", {}, {}}));
        CPPUNIT_ASSERT((rules_.subjects().types() == std::vector<std::string>{"public", "masked"}));
        CPPUNIT_ASSERT(!rules_.subjects().empty() && SubjectForms().empty());
    }

    void sessionsTellNoMoreThanPeopleDo() {
        const auto sid = [&](std::string_view type, std::string_view mask, const char* of) {
            auto site = client(type);
            site.metadata.set("mask", mask);
            return *rules_.subjects().toldSid(context_, host_.crypto(), {site, person("ada"), of});
        };
        CPPUNIT_ASSERT_EQUAL(std::string("one"), sid("public", "a", "one"));
        const auto told = sid("masked", "a", "one");
        CPPUNIT_ASSERT_EQUAL(told, sid("masked", "a", "one"));
        for (const auto& other :
             {std::string("one"), sid("masked", "b", "one"), sid("masked", "a", "two")}) {
            CPPUNIT_ASSERT(told != other);
        }
    }

    void theServersOwnIsNeverToldInItsPlace() {
        CPPUNIT_ASSERT(!told("masked", person("nobody")));
        CPPUNIT_ASSERT(!told("veiled", person("ada")));
        CPPUNIT_ASSERT_EQUAL(std::string(), rules_.notUnderstood({{"subject_type", "masked"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("subject_type"),
                             ClientRules().notUnderstood({{"subject_type", "masked"}}));
        CPPUNIT_ASSERT(!SubjectForms().told(context_, client("masked"), person("ada")));
    }

    void aTypeThatNobodyHasIsRefused() {
        CPPUNIT_ASSERT(add("masked", {{"subject_type", "masked"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("subject_type: \"mask\" is not one of public, masked; did "
                                         "you mean \"masked\"?"),
                             add("other", {{"subject_type", "mask"}}).error().detail);
        CPPUNIT_ASSERT_EQUAL(std::string("subject_type: \"\" is not one of public, masked"),
                             add("other", {{"subject_type", ""}}).error().detail);
    }

    void whatIsAskedElsewhereIsAskedLast() {
        CPPUNIT_ASSERT(!add("bad", {{"subject_type", "mask"}}));
        CPPUNIT_ASSERT_EQUAL(0, masks_.asked);
        CPPUNIT_ASSERT(add("good", {{"mask", "whole"}}));
        CPPUNIT_ASSERT_EQUAL(1, masks_.asked);
        CPPUNIT_ASSERT_EQUAL(std::string("mask: is torn"),
                             editor_.update(context_, "good", {{"mask", "torn"}}).error().detail);
        CPPUNIT_ASSERT(editor_.update(context_, "good", {{"disabled", true}}));
        CPPUNIT_ASSERT_EQUAL(2, masks_.asked);
    }

    void noClientGivesItselfOtherNamesOfPeople() {
        const auto wish = [](const ValueMap& more) {
            SelfRegistration made{{{"redirect_uris", ValueList{"https://site.example/cb"}}}};
            for (const auto& member : more) {
                made.metadata.set(member.name, member.value);
            }
            return made;
        };
        const ValueMap said{{"subject_type", "masked"}, {"mask", "a"}};
        const auto id = editor_.enroll(context_, wish(said))->client.id;
        const auto put = [&](const ValueMap& more) {
            return editor_.replace(context_, **editor_.read(context_, id), wish(more));
        };
        for (const auto& more :
             {ValueMap{{"subject_type", "masked"}, {"mask", "b"}},
              ValueMap{{"subject_type", "masked"}}, ValueMap{{"subject_type", "public"}}}) {
            const auto refused = put(more);
            CPPUNIT_ASSERT(!refused && refused.error().fault == Fault::badInput);
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, refused.error().detail.find("subject_type: "));
        }
        CPPUNIT_ASSERT(put({{"client_name", "Shop"}, {"subject_type", "masked"}, {"mask", "a"}}));
        CPPUNIT_ASSERT(editor_.update(context_, id, {{"subject_type", "public"}}));
        CPPUNIT_ASSERT(put({{"mask", "b"}}));
        CPPUNIT_ASSERT(!put(said));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SubjectFormsTest);

}  // namespace gatehouse
