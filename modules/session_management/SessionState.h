// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/AnswerMember.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Adds `session_state` to answers (OpenID Connect Session Management 1.0 section 2): a hash of who
/// is asked, from where, and of what the browser's cookie says of its session. Scripts of the
/// issuer read the cookie; it tells nothing of the session and opens nothing.
class SessionState final : public AnswerMember {
public:
    Status configure(const Config& config, Host& host) override;

    Result<std::vector<Form::Field>> parameters(const AnswerInHand& answer,
                                                std::string_view sid) const override;
    Result<std::vector<Cookie>> cookies(const Context& context,
                                        std::string_view sid) const override;

    std::string cookieName(const Issuer& issuer) const;

private:
    std::string stateOf(std::string_view sid) const;

    Host* host_ = nullptr;
};

}  // namespace gatehouse
