// SPDX-License-Identifier: Apache-2.0
#include "JwtMode.h"

#include "text/FormText.h"

#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

Status JwtMode::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    return done();
}

Status JwtMode::start() {
    jwt_.emplace(*host_);
    return done();
}

Result<AnswerOnItsWay> JwtMode::write(const AnswerInHand& answer) const {
    auto jwt = jwt_->make(answer);
    if (!jwt) {
        return jwt.error();
    }
    std::vector<Form::Field> fields{{"response", *std::move(jwt)}};
    const auto by = carrier(answer);
    if (by == formPost) {
        return AnswerOnItsWay{{}, std::move(fields)};
    }
    const auto text = writeForm(fields);
    return AnswerOnItsWay{by == fragment ? std::string(answer.redirectUri()) + "#" + text
                                         : withQuery(answer.redirectUri(), text),
                          {}};
}

}  // namespace gatehouse
