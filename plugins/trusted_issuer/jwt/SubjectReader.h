// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>
#include <gatehouse/Result.h>

#include "AssertedSubject.h"

#include <vector>

namespace gatehouse {

/// The setting `subjects`. Fault::badInput: what is wrong, each with its place.
Result<std::vector<AssertedSubject>> readSubjects(const Config& config);

}  // namespace gatehouse
