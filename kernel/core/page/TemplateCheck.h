// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "page/NameList.h"
#include "page/PageFiles.h"
#include "page/Texts.h"

#include <string>
#include <vector>

namespace gatehouse {

/// Adds the values that templates are given: those that installed ones name, and those of pages
/// that replace none, which a plugin fills.
void addTemplateValues(const PageFiles& files, NameList& values);

/// Checks each template by itself and the style sheet. Problems are added to `problems`; without
/// one a PageTemplate can be made of each page.
void checkTemplates(const PageFiles& files, const Texts& texts, const NameList& values,
                    std::vector<std::string>& problems);

}  // namespace gatehouse
