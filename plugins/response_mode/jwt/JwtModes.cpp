// SPDX-License-Identifier: Apache-2.0
#include "JarmMembers.h"
#include "JwtMode.h"

namespace gatehouse {

/// As the answer would come without it (JARM section 2.3.4).
class PlainJwt final : public JwtMode {
public:
    std::string_view mode() const noexcept override { return "jwt"; }

protected:
    std::string_view carrier(const AnswerInHand& answer) const override {
        return answer.defaultMode();
    }
};

/// JARM section 2.3.1.
class QueryJwt final : public JwtMode {
public:
    std::string_view mode() const noexcept override { return "query.jwt"; }

protected:
    std::string_view carrier(const AnswerInHand& /*answer*/) const override { return query; }
};

/// JARM section 2.3.2.
class FragmentJwt final : public JwtMode {
public:
    std::string_view mode() const noexcept override { return "fragment.jwt"; }

protected:
    std::string_view carrier(const AnswerInHand& /*answer*/) const override { return fragment; }
};

/// JARM section 2.3.3.
class FormPostJwt final : public JwtMode {
public:
    std::string_view mode() const noexcept override { return "form_post.jwt"; }

protected:
    std::string_view carrier(const AnswerInHand& /*answer*/) const override { return formPost; }
};

constexpr const char* needs[] = {"key_store", "clients", "client_metadata_rule.jarm"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::PlainJwt, "jwt", "0.1.0", "Answers as a JWT", gatehouse::needs)
GATEHOUSE_DESCRIBE(gatehouse::QueryJwt, "query_jwt", "0.1.0", "Answers as a JWT in the query",
                   gatehouse::needs)
GATEHOUSE_DESCRIBE(gatehouse::FragmentJwt, "fragment_jwt", "0.1.0",
                   "Answers as a JWT in the fragment", gatehouse::needs)
GATEHOUSE_DESCRIBE(gatehouse::FormPostJwt, "form_post_jwt", "0.1.0",
                   "Answers as a JWT that a page posts", gatehouse::needs)
GATEHOUSE_LIBRARY(gatehouse::PlainJwt, gatehouse::QueryJwt, gatehouse::FragmentJwt,
                  gatehouse::FormPostJwt, gatehouse::JarmMembers)
