// SPDX-License-Identifier: Apache-2.0
// Binds tokens to a header: who sends X-Key has it proved. A few keys make it go wrong. Against the
// SDK alone.
#include <gatehouse/Host.h>
#include <gatehouse/point/TokenBinding.h>

#include <stdexcept>
#include <string>

namespace {

using namespace gatehouse;

class KeyBinding final : public TokenBinding {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    std::string_view confirmation() const noexcept override { return "key#S256"; }
    std::string_view tokenType() const noexcept override { return "Keyed"; }

    Result<std::optional<Possession>, OAuthError> bind(const Context&, const HttpRequest& request,
                                                       const Client&) const override {
        const auto key = request.header("x-key");
        if (key == "throws") {
            throw std::runtime_error("a key that throws");
        }
        if (key == "null") {
            return std::optional<Possession>(Value());
        }
        if (key == "old") {
            auto error = OAuthError::of("use_key_nonce", "Use the new nonce");
            error.headers = {{"Key-Nonce", "n-1"}};
            return error;
        }
        return key.empty() ? std::optional<Possession>() : std::optional<Possession>(hash(key));
    }

    Result<std::monostate, OAuthError> prove(const Context&, const HttpRequest& request,
                                             std::string_view /*accessToken*/,
                                             const Value& bound) const override {
        const auto key = request.header("x-key");
        if (key == "throws") {
            throw 7;
        }
        if (bound.text() != nullptr && !key.empty() &&
            host_->crypto().equal(*bound.text(), hash(key))) {
            return std::monostate{};
        }
        auto error = OAuthError::of(OAuthCode::invalidToken, "The key is not that of the token");
        error.headers = {{"WWW-Authenticate", "Keyed error=\"invalid_token\""}};
        return error;
    }

private:
    std::string hash(std::string_view key) const {
        constexpr const char* digits = "0123456789abcdef";
        std::string text;
        for (const char byte : host_->crypto().sha256(key)) {
            const auto number = static_cast<unsigned char>(byte);
            text.append({digits[number / 16], digits[number % 16]});
        }
        return text;
    }

    Host* host_ = nullptr;
};

}  // namespace

GATEHOUSE_PLUGIN(KeyBinding, "key", "1.0.0", "Binds tokens to the header X-Key")
