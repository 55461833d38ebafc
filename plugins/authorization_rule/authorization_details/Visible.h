// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace gatehouse {

/// Does a person see all of this text? Not control characters, none that turn the direction of
/// writing, none that is nothing by itself (Unicode's Default_Ignorable_Code_Point) but joiners and
/// variation selectors, which scripts need; and not white space alone. An empty text is seen.
bool isAllVisible(const std::string& utf8);

}  // namespace gatehouse
