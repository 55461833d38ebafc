// SPDX-License-Identifier: Apache-2.0
#include "client/ClientBrand.h"

#include "json/MemberChoice.h"
#include "text/BrandColor.h"
#include "text/DisplayName.h"

#include <string>

namespace gatehouse {

namespace {

std::string problemOf(std::string_view member, const std::string& text) {
    if (member == "brand_name") {
        return displayNameProblem(text);
    }
    const auto problem = brandColorProblem(text);
    return problem.empty() ? problem : text + " " + problem;
}

}  // namespace

Status admitBrand(std::string_view member, const ValueMap& metadata, const Client& /*client*/) {
    if (!isThere(metadata, member)) {
        return done();
    }
    const auto* text = metadata.find(member)->text();
    const auto problem = text == nullptr ? "must be a text"
                         : text->empty() ? std::string()
                                         : problemOf(member, *text);
    return problem.empty() ? done()
                           : Error::badInput(std::string(member).append(": ").append(problem));
}

}  // namespace gatehouse
