// SPDX-License-Identifier: Apache-2.0
#include "AuthorizationDetails.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>
#include <gatehouse/testkit/FakeRequestInHand.h>

#include "DetailMembers.h"
#include "json/Json.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

namespace {

class FakeNoteInHand final : public NoteInHand {
public:
    FakeNoteInHand(const Client& client, ValueMap note, Form form)
        : client_(client), note_(std::move(note)), form_(std::move(form)) {}
    const Context& context() const noexcept override { return context_; }
    const Client& client() const noexcept override { return client_; }
    const Subject& subject() const noexcept override { return subject_; }
    const ValueMap& note() const noexcept override { return note_; }
    const Form& parameters() const noexcept override { return form_; }

    void speaksOf(Subject subject) { subject_ = std::move(subject); }

private:
    testkit::FakeContext fake_;
    Context context_ = fake_;
    const Client& client_;
    ValueMap note_;
    Form form_;
    Subject subject_ = Subject::person("local", "u1");
};

constexpr const char* types = R"({"read": {"title": "Read", "schema": {"properties": {
        "n": {"type": "integer"}}}, "narrowing": {"n": "at_most"}, "remembered": true,
        "client_credentials": true},
    "pay": {"title": "Pay", "schema": {}}, "house": {"title": "H", "schema": {}, "clients": ["x"]}})";

}  // namespace

class AuthorizationDetailsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AuthorizationDetailsTest);
    CPPUNIT_TEST(whatPassesIsNoted);
    CPPUNIT_TEST(onlyRegisteredTypesPass);
    CPPUNIT_TEST(locationsAreAmongTheResources);
    CPPUNIT_TEST(aNoteHasAnEnd);
    CPPUNIT_TEST(tokensCarryWhatWasGranted);
    CPPUNIT_TEST(tokensCarryLessWhereLessIsAskedFor);
    CPPUNIT_TEST(oneThatIsGrantedIsNotTwo);
    CPPUNIT_TEST(theOrderDoesNotMatter);
    CPPUNIT_TEST(aTypeThatAClientLostIsNotCarried);
    CPPUNIT_TEST(aClientThatActsForItselfIsGrantedSome);
    CPPUNIT_TEST(whatIsForAnotherResourceIsNotTold);
    CPPUNIT_TEST(onlyRememberedTypesAreKept);
    CPPUNIT_TEST(theOldestMakeRoom);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    DetailMembers members_;
    AuthorizationDetails rule_;
    Client client_;

    void registerFor(ValueList names) { client_.metadata.set(typesMember, std::move(names)); }
    static ValueMap note(const std::string& details) {
        return details.empty() ? ValueMap() : ValueMap{{"details", *parseJson(details)}};
    }
    Result<ValueMap, OAuthError> check(const std::string& details,
                                       std::vector<Form::Field> more = {}) const {
        more.emplace_back("authorization_details", details);
        testkit::FakeRequestInHand request{Form(std::move(more))};
        request.fakeClient = client_;
        return rule_.check(request);
    }
    Result<ValueMap, OAuthError> carried(const std::string& granted, const std::string& asked,
                                         const Subject& subject = Subject::person("s", "1")) const {
        std::vector<Form::Field> fields;
        if (!asked.empty()) {
            fields.emplace_back("authorization_details", asked);
        }
        FakeNoteInHand tokens(client_, note(granted), Form(std::move(fields)));
        tokens.speaksOf(subject);
        return rule_.carried(tokens);
    }
    static void assertRefused(const Result<ValueMap, OAuthError>& answer) {
        CPPUNIT_ASSERT(!answer);
        CPPUNIT_ASSERT_EQUAL(std::string("invalid_authorization_details"), answer.error().code);
    }
    static void assertNote(const std::string& details, const Result<ValueMap, OAuthError>& answer) {
        CPPUNIT_ASSERT_MESSAGE(answer ? "" : answer.error().description, bool(answer));
        CPPUNIT_ASSERT_EQUAL(toJson(note(details)), toJson(*answer));
    }

public:
    void setUp() override {
        const testkit::FakeConfig config(fieldsOf<DetailMembers>(),
                                         {{"types", *parseJson(types)->map()}});
        CPPUNIT_ASSERT(members_.configure(config, host_));
        host_.add("authorization_details", static_cast<ClientMetadataRule&>(members_));
        CPPUNIT_ASSERT(rule_.configure(testkit::FakeConfig{}, host_));
        CPPUNIT_ASSERT(rule_.start());
        client_.id = "site";
        registerFor({"read", "pay", "house"});
    }

    void whatPassesIsNoted() {
        assertNote(R"([{"type":"read","n":4},{"type":"pay"}])",
                   check(R"([{"type": "read", "n": 4}, {"type": "pay"}])"));
        assertRefused(check(R"([{"type": "read", "n": "4"}])"));
        assertRefused(check("{"));
    }

    void onlyRegisteredTypesPass() {
        assertRefused(check(R"([{"type": "house"}])"));
        assertRefused(check(R"([{"type": "none"}])"));
        registerFor({"read"});
        assertRefused(check(R"([{"type": "read"}, {"type": "pay"}])"));
        client_.metadata = {};
        assertRefused(check(R"([{"type": "read"}])"));
    }

    void locationsAreAmongTheResources() {
        const std::string details = R"([{"type":"pay","locations":["https://a/","https://b/"]}])";
        assertNote(details, check(details));
        assertNote(details,
                   check(details, {{"resource", "https://c/"}, {"resource", "https://b/"}}));
        assertRefused(check(details, {{"resource", "https://c/"}}));
    }

    void aNoteHasAnEnd() {
        const auto sized = [](std::size_t size) {
            return R"([{"type":"pay","x":")" + std::string(size, 'x') + "\"}]";
        };
        const auto frame = toJson(note(sized(0))).size();
        CPPUNIT_ASSERT(check(sized(4096 - frame)));
        assertRefused(check(sized(4097 - frame)));
    }

    void tokensCarryWhatWasGranted() {
        assertNote(R"([{"type":"pay"}])", carried(R"([{"type":"pay"}])", ""));
        assertNote("", carried("", ""));
    }

    void tokensCarryLessWhereLessIsAskedFor() {
        const std::string granted = R"([{"type":"read","n":4},{"type":"pay","to":"A"}])";
        assertNote(R"([{"type":"read","n":3}])", carried(granted, R"([{"type":"read","n":3}])"));
        assertRefused(carried(granted, R"([{"type":"read","n":5}])"));
        assertRefused(carried(granted, R"([{"type":"pay","to":"B"}])"));
        assertRefused(carried(granted, "[]"));
        assertRefused(carried("", R"([{"type":"read","n":3}])"));
    }

    void oneThatIsGrantedIsNotTwo() {
        assertRefused(carried(R"([{"type":"pay"}])", R"([{"type":"pay"},{"type":"pay"}])"));
    }

    void theOrderDoesNotMatter() {
        const std::string granted =
            R"([{"type":"read","n":10},{"type":"read","n":5},{"type":"read","n":4}])";
        for (const auto* asked :
             {R"([{"type":"read","n":3},{"type":"read","n":10}])",
              R"([{"type":"read","n":4},{"type":"read","n":9}])",
              R"([{"type":"read","n":1},{"type":"read","n":5},{"type":"read","n":6}])"}) {
            assertNote(asked, carried(granted, asked));
        }
        assertRefused(carried(granted, R"([{"type":"read","n":6},{"type":"read","n":7}])"));
        assertRefused(carried(granted, R"([{"type":"read","n":5},{"type":"read","n":5},
                                           {"type":"read","n":5}])"));
    }

    void aTypeThatAClientLostIsNotCarried() {
        registerFor({"pay"});
        assertNote(R"([{"type":"pay"}])", carried(R"([{"type":"read"},{"type":"pay"}])", ""));
        assertRefused(carried(R"([{"type":"read"}])", R"([{"type":"read"}])"));
    }

    void aClientThatActsForItselfIsGrantedSome() {
        const auto itself = Subject::of(client_);
        assertNote(R"([{"type":"read"}])", carried("", R"([{"type":"read"}])", itself));
        assertRefused(carried("", R"([{"type":"pay"}])", itself));
        assertRefused(carried(R"([{"type":"pay"}])", R"([{"type":"read"}])", itself));
    }

    void whatIsForAnotherResourceIsNotTold() {
        const auto granted = note(R"([{"type":"pay","locations":["https://a/"]},{"type":"read"}])");
        CPPUNIT_ASSERT_EQUAL(std::string(R"([{"type":"read"}])"),
                             toJson(rule_.told(granted, {"https://b/"})));
        CPPUNIT_ASSERT(rule_.told(granted, {"https://a/"}) == *granted.find("details"));
        CPPUNIT_ASSERT(rule_.told(granted, {}) == *granted.find("details"));
        CPPUNIT_ASSERT(rule_.told({}, {}).isNull());
    }

    void onlyRememberedTypesAreKept() {
        const auto asked = note(R"([{"type":"read","n":4},{"type":"pay"}])");
        const auto kept = rule_.kept({}, asked);
        CPPUNIT_ASSERT_EQUAL(toJson(note(R"([{"type":"read","n":4}])")), toJson(kept));
        CPPUNIT_ASSERT(rule_.kept(kept, asked) == kept);
        CPPUNIT_ASSERT(!rule_.isCovered(kept, asked));
        CPPUNIT_ASSERT(rule_.isCovered(kept, note(R"([{"type":"read","n":1}])")));
        CPPUNIT_ASSERT(!rule_.isCovered({}, note(R"([{"type":"read","n":1}])")));
        CPPUNIT_ASSERT(!rule_.isCovered(note(R"([{"type":"pay"}])"), note(R"([{"type":"pay"}])")));
    }

    void theOldestMakeRoom() {
        ValueMap kept;
        for (int n = 0; n < 5; ++n) {
            kept = rule_.kept(kept, note(R"([{"type":"read","n":)" + std::to_string(n) +
                                         R"(,"x":")" + std::string(1500, 'x') + "\"}]"));
        }
        CPPUNIT_ASSERT(toJson(kept).size() <= 4096);
        CPPUNIT_ASSERT(toJson(kept).find("\"n\":4") != std::string::npos);
        CPPUNIT_ASSERT(toJson(kept).find("\"n\":0") == std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AuthorizationDetailsTest);

}  // namespace gatehouse
