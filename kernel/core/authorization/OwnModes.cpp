// SPDX-License-Identifier: Apache-2.0
#include "authorization/OwnModes.h"

#include "text/FormText.h"

namespace gatehouse {

Result<AnswerOnItsWay> QueryMode::write(const AnswerInHand& answer) const {
    return AnswerOnItsWay{withQuery(answer.redirectUri(), writeForm(answer.parameters())), {}};
}

Result<AnswerOnItsWay> FormPostMode::write(const AnswerInHand& answer) const {
    return AnswerOnItsWay{{}, answer.parameters()};
}

}  // namespace gatehouse
