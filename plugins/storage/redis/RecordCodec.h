// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Storage.h>

#include "Connection.h"
#include "Reply.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

// Records as the scripts want them and tell them. What reads a reply throws RedisFailure when it
// has another shape.

/// A moment's digits; nothing for never.
std::string momentText(TimePoint moment);
/// How long Redis keeps what expires then, in milliseconds; nothing: for good. An hour longer than
/// it is good for, so that no clock matters.
std::string lifeText(TimePoint expires, TimePoint now);
void addBatch(Words& words, const Batch& batch, TimePoint now);

Outcome outcomeOf(const Batch& batch, const Reply& reply);
/// `fields`: i, v, e, f, l, d; nullopt when there is no such record.
std::optional<Record> recordOf(std::string_view kind, std::string_view key, const Reply& fields);
RecordPage pageOf(std::string_view kind, const Reply& reply);
Change changeOf(const Reply& reply);

}  // namespace gatehouse
