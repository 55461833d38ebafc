// SPDX-License-Identifier: Apache-2.0
// Tells a client which certificate the server knows of it. Against the SDK alone.
#include <gatehouse/Host.h>
#include <gatehouse/Web.h>
#include <gatehouse/point/HttpModule.h>

namespace {

using namespace gatehouse;

class Certificate final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    std::vector<Route> routes() override {
        return {{"GET", "/certificate", Lane::loop,
                 [this](const Context& /*context*/, const HttpRequest& request) {
                     ValueList digests;
                     for (const auto& der : request.clientCertificate ? *request.clientCertificate
                                                                      : CertificateChain()) {
                         digests.emplace_back(hex(host_->crypto().sha256(der)));
                     }
                     return host_->web().json(host_->web().toJson(digests));
                 }}};
    }

private:
    static std::string hex(std::string_view bytes) {
        constexpr const char* digits = "0123456789abcdef";
        std::string text;
        for (const char byte : bytes) {
            const auto value = static_cast<unsigned char>(byte);
            text.append(1, digits[value / 16]).append(1, digits[value % 16]);
        }
        return text;
    }

    Host* host_ = nullptr;
};

}  // namespace

GATEHOUSE_PLUGIN(Certificate, "certificate", "1", "Which certificate is known")
