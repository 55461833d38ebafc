// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/RequestSourceContract.h>

#include "PushBed.h"

namespace gatehouse {

namespace {

struct PushedRequestsBed : PushBed {
    std::unique_ptr<RequestSource> make() {
        auto source = PushBed::make();
        uri_ = push(*source);
        return source;
    }
    Form good() { return naming(uri_); }
    std::vector<Form> bad() {
        return {naming("urn:ietf:params:oauth:request_uri:x"), naming("x"), Form()};
    }

private:
    std::string uri_;
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::RequestSourceContract<PushedRequestsBed>);

}  // namespace gatehouse
