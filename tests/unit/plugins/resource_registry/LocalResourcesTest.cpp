// SPDX-License-Identifier: Apache-2.0
#include "LocalResources.h"

#include <gatehouse/point/TokenFormat.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class LocalResourcesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LocalResourcesTest);
    CPPUNIT_TEST(everyMistakeIsNamedWithItsPlace);
    CPPUNIT_TEST(aFormatThatIsNotThereIsRefusedAtTheStart);
    CPPUNIT_TEST(anAlgorithmWithoutKeyIsRefusedByTheCheck);
    CPPUNIT_TEST(whatAResourceSaysIsRead);
    CPPUNIT_TEST_SUITE_END();

    Status configure(const ValueMap& resource) {
        const ValueMap resources{{"api", resource}};
        return plugin_.configure(
            testkit::FakeConfig(fieldsOf<LocalResources>(), {{"resources", resources}}), host_);
    }

    static ValueMap with(std::string_view member, Value value) {
        ValueMap resource{{"identifier", "urn:api"}};
        resource.set(member, std::move(value));
        return resource;
    }

public:
    void everyMistakeIsNamedWithItsPlace() {
        for (const auto& wrong :
             {with("identifier", "no-uri"), with("identifier", "https://a.example/#f"),
              with("identifier", 1), with("scopes", "one"), with("scopes", ValueList{"a b"}),
              with("scopes", ValueList{1}), with("ttl_secs", -1), with("ttl_secs", 86'401),
              with("name", std::string(129, 'x')), with("name", "a\nb"), with("clients", "one"),
              with("clients", ValueList{""}), with("introspected_by", ValueMap())}) {
            const auto refused = configure(wrong);
            const auto& member = wrong.size() == 1 ? "identifier" : (wrong.begin() + 1)->name;
            CPPUNIT_ASSERT(!refused);
            CPPUNIT_ASSERT_MESSAGE(
                refused.error().detail,
                refused.error().detail.find("resources.api." + std::string(member) + ": ") !=
                    std::string::npos);
        }
        const auto unknown = configure(with("scope", ValueList{"a"}));
        CPPUNIT_ASSERT(!unknown && unknown.error().detail.find("\"scopes\"") != std::string::npos);
        CPPUNIT_ASSERT(!configure({}));
    }

    void aFormatThatIsNotThereIsRefusedAtTheStart() {
        host_.add<TokenFormat>("jwt", format_);
        CPPUNIT_ASSERT(configure(with("token_format", "jtw")));
        CPPUNIT_ASSERT(!plugin_.start());
        CPPUNIT_ASSERT(configure(with("token_format", "jwt")));
        CPPUNIT_ASSERT(plugin_.start());
    }

    void anAlgorithmWithoutKeyIsRefusedByTheCheck() {
        CPPUNIT_ASSERT(configure(with("signing_alg", "EdDSA")));
        CPPUNIT_ASSERT(!plugin_.check());
        CPPUNIT_ASSERT(configure(with("signing_alg", "ES256")));
        CPPUNIT_ASSERT(plugin_.check());
    }

    void whatAResourceSaysIsRead() {
        CPPUNIT_ASSERT(configure({{"identifier", "urn:api"},
                                  {"name", "An API"},
                                  {"scopes", ValueList{"a", "b"}},
                                  {"signing_alg", "ES256"},
                                  {"ttl_secs", 60},
                                  {"clients", ValueList{"shop"}},
                                  {"introspected_by", ValueList{"api"}}}));
        const auto found = plugin_.find(context_, "urn:api");
        CPPUNIT_ASSERT(found && *found != nullptr);
        const ProtectedResource& resource = **found;
        CPPUNIT_ASSERT_EQUAL(std::string("An API"), resource.name);
        CPPUNIT_ASSERT_EQUAL(std::string("a b"), resource.scopes.text());
        CPPUNIT_ASSERT_EQUAL(std::string("ES256"), resource.signingAlgorithm);
        CPPUNIT_ASSERT(resource.longest == seconds{60});
        CPPUNIT_ASSERT(resource.clients == std::vector<std::string>{"shop"});
        CPPUNIT_ASSERT(resource.introspectors == std::vector<std::string>{"api"});
    }

private:
    struct Format final : TokenFormat {
        Result<std::string> write(const Context&, const AccessToken&, Batch&) const override {
            return std::string();
        }
        Result<std::optional<TokenClaim>> read(const Context&, std::string_view) const override {
            return std::optional<TokenClaim>();
        }
    };

    Format format_;
    testkit::FakeHost host_;
    testkit::FakeContext context_;
    LocalResources plugin_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(LocalResourcesTest);

}  // namespace gatehouse
