// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ResponseType.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

/// Of the grant implicit; wants a nonce if it may stand alone.
class FakeKind final : public ResponseType {
public:
    FakeKind(std::string kind, bool standsAlone, bool comesLast)
        : kind_(std::move(kind)), standsAlone_(standsAlone), comesLast_(comesLast) {}

    std::string_view kind() const noexcept override { return kind_; }
    std::string_view grant() const noexcept override { return "implicit"; }
    bool standsAlone() const noexcept override { return standsAlone_; }
    bool comesLast() const noexcept override { return comesLast_; }
    Result<std::monostate, OAuthError> check(const Form& parameters) const override {
        if (parameters.text("nonce") == "throw") {
            throw std::runtime_error("no ink");
        }
        if (standsAlone_ && !parameters.has("nonce")) {
            return OAuthError::of(OAuthCode::invalidRequest, "The nonce parameter is missing");
        }
        return std::monostate{};
    }
    Result<std::monostate, OAuthError> addTo(AnswerInMaking& answer) const override {
        answer.add(kind_, "given");
        return std::monostate{};
    }

private:
    std::string kind_;
    bool standsAlone_;
    bool comesLast_;
};

}  // namespace gatehouse
