// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/RequestSourceContract.h>

#include "ObjectBed.h"

namespace gatehouse {

namespace {

/// A request of a client that has registered its keys, as the suite's has not.
class KeyedRequest final : public RequestInHand {
public:
    explicit KeyedRequest(const RequestInHand& request)
        : request_(request), client_(request.client()) {
        client_.metadata.set("jwks", ObjectBed::jwks());
    }
    const Context& context() const noexcept override { return request_.context(); }
    const Client& client() const noexcept override { return client_; }
    const Form& parameters() const noexcept override { return request_.parameters(); }
    std::string_view header(std::string_view name) const noexcept override {
        return request_.header(name);
    }
    const HttpRequest* pushed() const noexcept override { return request_.pushed(); }

private:
    const RequestInHand& request_;
    Client client_;
};

class KeyedSource final : public RequestSource {
public:
    explicit KeyedSource(std::unique_ptr<RequestObjectSource> source)
        : source_(std::move(source)) {}

    std::vector<std::string_view> parameters() const override { return source_->parameters(); }
    Result<RequestRead, OAuthError> read(const RequestInHand& request) const override {
        return source_->read(KeyedRequest(request));
    }
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        source_->describe(issuer, metadata);
    }

private:
    std::unique_ptr<RequestObjectSource> source_;
};

struct RequestObjectBed : ObjectBed {
    std::unique_ptr<RequestSource> make() {
        return std::make_unique<KeyedSource>(ObjectBed::make());
    }
    Form good() { return Form({{"request", object(claims())}}); }
    std::vector<Form> bad() {
        return {Form({{"request", object(claims({{"aud", "https://other.example"}}))}}),
                Form({{"request", "a.b.c"}}),
                Form({{"request_uri", "https://site.example/object"}}), Form()};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::RequestSourceContract<RequestObjectBed>);

}  // namespace gatehouse
