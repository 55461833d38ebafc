// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/Storage.h>

#include <string>

namespace gatehouse {

/// The record that stands in a storage while everything is copied to it, from the first record to
/// the last comparison. It is no issuer's.
Record copyMark();
bool isCopyMark(const Record& record);

/// Fault::unavailable while the mark stands there: a copy was broken off, or goes on. `name` is the
/// storage's.
Status requireWhole(const Storage& storage, const Context& context, const std::string& name);

}  // namespace gatehouse
