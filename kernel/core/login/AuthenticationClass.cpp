// SPDX-License-Identifier: Apache-2.0
#include "login/AuthenticationClass.h"

#include <algorithm>
#include <array>
#include <set>

namespace gatehouse {

namespace {

enum class Factor { knowledge, possession, inherence };

struct Method {
    std::string_view amr;
    Factor factor;
};

/// RFC 8176 section 2. What it names and is none of the three (geo, mca, rba, user, wia) is left
/// out.
constexpr std::array<Method, 15> methods{{{"pwd", Factor::knowledge},
                                          {"pin", Factor::knowledge},
                                          {"kba", Factor::knowledge},
                                          {"otp", Factor::possession},
                                          {"hwk", Factor::possession},
                                          {"swk", Factor::possession},
                                          {"pop", Factor::possession},
                                          {"sc", Factor::possession},
                                          {"sms", Factor::possession},
                                          {"tel", Factor::possession},
                                          {"face", Factor::inherence},
                                          {"fpt", Factor::inherence},
                                          {"iris", Factor::inherence},
                                          {"retina", Factor::inherence},
                                          {"vbm", Factor::inherence}}};
/// One step that asked for several kinds.
constexpr std::string_view severalFactors = "mfa";

}  // namespace

std::string authenticationClass(const std::vector<std::string>& amr) {
    std::set<Factor> factors;
    for (const auto& value : amr) {
        const auto method = std::find_if(methods.begin(), methods.end(),
                                         [&](const Method& known) { return known.amr == value; });
        if (method != methods.end()) {
            factors.insert(method->factor);
        }
    }
    const bool hasSeveral =
        factors.size() > 1 || std::find(amr.begin(), amr.end(), severalFactors) != amr.end();
    return std::string(hasSeveral ? twoFactors : oneFactor);
}

}  // namespace gatehouse
