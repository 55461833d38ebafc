// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ResponseMode.h>

namespace gatehouse {

/// RFC 6749 section 4.1.2: behind the query that the client registered, if it has one.
class QueryMode final : public ResponseMode {
public:
    std::string_view mode() const noexcept override { return query; }
    Result<AnswerOnItsWay> write(const AnswerInHand& answer) const override;
};

/// OAuth 2.0 Form Post Response Mode.
class FormPostMode final : public ResponseMode {
public:
    std::string_view mode() const noexcept override { return formPost; }
    Result<AnswerOnItsWay> write(const AnswerInHand& answer) const override;
};

}  // namespace gatehouse
