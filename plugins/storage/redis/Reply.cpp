// SPDX-License-Identifier: Apache-2.0
#include "Reply.h"

#include "RedisFailure.h"

#include <Poco/Exception.h>
#include <Poco/Redis/Array.h>
#include <Poco/Redis/Error.h>

namespace gatehouse {
namespace {

using Poco::Redis::BulkString;

[[noreturn]] void refuse(const std::string& why) {
    throw RedisFailure(RedisFailure::Cause::away, "not an answer of Redis: " + why);
}

template <class Value> const Value* valueIn(const Reply& reply) {
    const auto* typed = dynamic_cast<const Poco::Redis::Type<Value>*>(reply.get());
    return typed == nullptr ? nullptr : &typed->value();
}

}  // namespace

Reply readReply(Poco::Redis::RedisInputStream& input) {
    try {
        Reply reply = Poco::Redis::RedisType::createRedisType(static_cast<char>(input.get()));
        if (reply.isNull()) {
            refuse("unknown type");
        }
        reply->read(input);
        return reply;
    } catch (const Poco::Exception& problem) {
        refuse(problem.displayText());
    }
}

bool isNothing(const Reply& reply) {
    const auto* text = valueIn<BulkString>(reply);
    const auto* list = valueIn<Poco::Redis::Array>(reply);
    return (text != nullptr && text->isNull()) || (list != nullptr && list->isNull());
}

const std::string& textOf(const Reply& reply) {
    if (const auto* text = valueIn<BulkString>(reply); text != nullptr && !text->isNull()) {
        return text->value();
    }
    if (const auto* text = valueIn<std::string>(reply)) {
        return *text;
    }
    refuse("a text is wanted");
}

std::int64_t numberOf(const Reply& reply) {
    if (const auto* number = valueIn<Poco::Int64>(reply)) {
        return *number;
    }
    refuse("a number is wanted");
}

std::vector<Reply> itemsOf(const Reply& reply) {
    const auto* list = valueIn<Poco::Redis::Array>(reply);
    if (list == nullptr) {
        refuse("a list is wanted");
    }
    return list->isNull() ? std::vector<Reply>() : std::vector<Reply>(list->begin(), list->end());
}

std::string errorOf(const Reply& reply) {
    const auto* error = valueIn<Poco::Redis::Error>(reply);
    return error == nullptr ? std::string() : error->getMessage();
}

}  // namespace gatehouse
