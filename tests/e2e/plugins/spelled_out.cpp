// SPDX-License-Identifier: Apache-2.0
// A request object that nobody signed: `request` spells the parameters out as JSON. Against the SDK
// alone.
#include <gatehouse/Host.h>
#include <gatehouse/Web.h>
#include <gatehouse/point/RequestSource.h>

#include <stdexcept>

namespace {

using namespace gatehouse;

OAuthError refused(std::string_view why) {
    return OAuthError::of("invalid_request_object", why);
}

class SpelledOut final : public RequestSource {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    std::vector<std::string_view> parameters() const override { return {"request"}; }

    Result<RequestRead, OAuthError> read(const RequestInHand& request) const override {
        const auto value = host_->web().parseJson(request.parameters().text("request"));
        if (!value || value->map() == nullptr) {
            return refused("The request object is none");
        }
        std::vector<Form::Field> fields;
        for (const auto& [name, member] : *value->map()) {
            if (member.text() == nullptr) {
                return refused("A member of the request object is no text");
            }
            fields.emplace_back(name, *member.text());
        }
        Form read(std::move(fields));
        if (read.has("client_id") && read.text("client_id") != request.client().id &&
            read.text("state") != "forged") {
            return refused("The request object is another client's");
        }
        if (read.text("state") == "throws") {
            throw std::runtime_error("lost my head");
        }
        return RequestRead{std::move(read)};
    }
    void describe(const Issuer&, ValueMap& metadata) const override {
        metadata.set("request_object_signing_alg_values_supported", ValueList{"none"});
    }

private:
    Host* host_ = nullptr;
};

}  // namespace

GATEHOUSE_PLUGIN(SpelledOut, "spelled_out", "1.0.0", "Takes requests that are spelled out")
