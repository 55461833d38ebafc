// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Poco/Redis/RedisStream.h>
#include <Poco/Redis/Type.h>

#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse {

/// What Redis answers to a command (RESP, version 2).
using Reply = Poco::Redis::RedisType::Ptr;

// All throw RedisFailure when the reply is of another kind, or none at all.

/// The next one. The stream must throw what its socket throws, and that look with ReplyBounds.
Reply readReply(Poco::Redis::RedisInputStream& input);
/// The text, or the list, that is not there.
bool isNothing(const Reply& reply);
const std::string& textOf(const Reply& reply);
std::int64_t numberOf(const Reply& reply);
/// Poco::Redis does not tell an empty list from one that is not there.
std::vector<Reply> itemsOf(const Reply& reply);
/// The message of an error; empty for everything else.
std::string errorOf(const Reply& reply);

}  // namespace gatehouse
