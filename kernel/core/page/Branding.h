// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <string>

namespace gatehouse {

/// How pages look like those of their owner, without a template of their own. What is empty is the
/// server's.
struct Branding {
    std::string name;
    std::string logo;  ///< path of an image
    std::string color;  ///< "#rrggbb", without a brandColorProblem()

    bool empty() const { return name.empty() && logo.empty() && color.empty(); }
};

/// What every template knows as `brand`: `name`, and `logo` as a data: URL, so that nothing is
/// loaded from elsewhere. Fault::badInput when the logo is no image, is too large, or not kept as
/// an operator's.
Result<ValueMap> brandValues(const Branding& branding);

}  // namespace gatehouse
