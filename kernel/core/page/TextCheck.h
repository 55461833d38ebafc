// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "page/NameList.h"
#include "page/PageFiles.h"

#include <map>
#include <string>
#include <vector>

namespace gatehouse {

using TextFiles = std::map<std::string, std::vector<PageFile>>;

/// Adds the values that installed texts name, and those of texts that replace none.
void addTextValues(const TextFiles& files, NameList& values);

/// Every language must have the same keys, but for "scope.NAME"; what a text of one's own names
/// must be among `values`. Problems are added to `problems`, but not those of Texts::load().
void checkTexts(const TextFiles& files, const NameList& values, std::vector<std::string>& problems);

}  // namespace gatehouse
