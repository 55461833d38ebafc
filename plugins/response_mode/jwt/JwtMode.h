// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/ResponseMode.h>

#include "ResponseJwt.h"

#include <optional>
#include <string_view>

namespace gatehouse {

/// Answers of the authorization endpoint as one JWT, in the parameter `response` and nothing else
/// (JARM section 2.3).
class JwtMode : public ResponseMode {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;
    Result<AnswerOnItsWay> write(const AnswerInHand& answer) const override;

protected:
    /// What carries it: `query`, `fragment` or `form_post`.
    virtual std::string_view carrier(const AnswerInHand& answer) const = 0;

private:
    Host* host_ = nullptr;
    std::optional<ResponseJwt> jwt_;
};

}  // namespace gatehouse
