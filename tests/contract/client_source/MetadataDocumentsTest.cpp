// SPDX-License-Identifier: Apache-2.0
#include "MetadataDocuments.h"

#include <gatehouse/testkit/ClientSourceContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

namespace gatehouse {

namespace {

struct MetadataDocumentsBed : testkit::HostBed {
    std::unique_ptr<ClientSource> make() {
        host.fakeOutgoing.answer([](const OutgoingRequest& request) {
            return OutgoingAnswer{request.url == known() ? 200 : 404,
                                  {{"content-type", "application/json"}},
                                  R"({"client_id": ")" + known() +
                                      R"(", "redirect_uris": ["https://app.example/callback"]})"};
        });
        auto source = std::make_unique<MetadataDocuments>();
        CPPUNIT_ASSERT(source->configure(testkit::FakeConfig(fieldsOf<MetadataDocuments>()), host));
        return source;
    }
    static std::string known() { return "https://app.example/client"; }
    static std::string unknown() { return "https://app.example/nobody"; }
    void slowDown(milliseconds each) {
        constexpr seconds longestRest{300};
        HostBed::slowDown(each);
        host.fakeClock.advance(longestRest);  // that of a site that was slow
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientSourceContract<MetadataDocumentsBed>);

}  // namespace gatehouse
