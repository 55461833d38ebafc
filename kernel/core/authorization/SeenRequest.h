// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/RequestInHand.h>

namespace gatehouse {

/// See RequestInHand. What it is made of outlives it.
class SeenRequest final : public RequestInHand {
public:
    SeenRequest(const Context& context, const HttpRequest& http, const Form& form,
                const Client& client, bool isPushed = false)
        : context_(context), http_(http), form_(form), client_(client), isPushed_(isPushed) {}

    const Context& context() const noexcept override { return context_; }
    const Client& client() const noexcept override { return client_; }
    const Form& parameters() const noexcept override { return form_; }
    std::string_view header(std::string_view name) const noexcept override {
        return http_.header(name);
    }
    const HttpRequest* pushed() const noexcept override { return isPushed_ ? &http_ : nullptr; }

private:
    const Context& context_;
    const HttpRequest& http_;
    const Form& form_;
    const Client& client_;
    bool isPushed_;
};

}  // namespace gatehouse
