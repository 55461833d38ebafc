// SPDX-License-Identifier: Apache-2.0
#include "login/AuthenticationClass.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

struct Method {
    std::string_view amr;
    Factor factor;
};

/// RFC 8176 section 2. What it names and is none of the three (geo, mca, rba, user, wia) is left
/// out. `fed` is a login elsewhere, of which nothing is known: no more than a password.
constexpr std::array<Method, 17> methods{{{"pwd", Factor::knowledge},
                                          {"fed", Factor::knowledge},
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
                                          {"vbm", Factor::inherence},
                                          {"mfa", Factor::several}}};

}  // namespace

std::set<Factor> factorsOf(const std::vector<std::string>& amr) {
    std::set<Factor> factors;
    for (const auto& value : amr) {
        const auto method = std::find_if(methods.begin(), methods.end(),
                                         [&](const Method& known) { return known.amr == value; });
        if (method != methods.end()) {
            factors.insert(method->factor);
        }
    }
    return factors;
}

std::string_view authenticationClass(const std::set<Factor>& factors) {
    return factors.size() > 1 || factors.count(Factor::several) > 0 ? twoFactors : oneFactor;
}

std::string authenticationClass(const std::vector<std::string>& amr) {
    return std::string(authenticationClass(factorsOf(amr)));
}

}  // namespace gatehouse
