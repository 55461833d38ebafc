// SPDX-License-Identifier: Apache-2.0
#include "SentCode.h"

#include "json/Json.h"
#include "json/Members.h"
#include "text/Base64Url.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr const char* kind = "email_code";

}  // namespace

Result<std::optional<SentCode>> SentCodes::find(const Context& context,
                                                const std::string& login) const {
    const auto record = host_.records().find(context, kind, login);
    if (!record) {
        return record.error();
    }
    const auto members = *record ? parseJson((*record)->payload) : std::nullopt;
    if (!members || members->map() == nullptr) {
        return std::optional<SentCode>();
    }
    const ValueMap& map = *members->map();
    return std::optional(SentCode{std::string(map.text("person")), std::string(map.text("code")),
                                  std::string(map.text("link")), numberOf(map, "wrong"),
                                  TimePoint{milliseconds{numberOf(map, "sent")}},
                                  (*record)->version});
}

Result<bool> SentCodes::put(const Context& context, const std::string& login,
                            const SentCode& code) const {
    Record record;
    record.kind = kind;
    record.key = login;
    record.expires = code.sent + lifetime_;
    record.payload = toJson(ValueMap{{"person", code.person},
                                     {"code", code.code},
                                     {"link", code.link},
                                     {"wrong", code.wrong},
                                     {"sent", code.sent.time_since_epoch().count()}});
    Batch batch;
    batch.puts.push_back(std::move(record));
    return change(context, login, code, std::move(batch));
}

Result<bool> SentCodes::take(const Context& context, const std::string& login,
                             const SentCode& code) const {
    Batch batch;
    batch.erases.push_back({kind, login});
    return change(context, login, code, std::move(batch));
}

Status SentCodes::drop(const Context& context, const std::string& login) const {
    Batch batch;
    batch.erases.push_back({kind, login});
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? done() : Status(outcome.error());
}

Result<bool> SentCodes::change(const Context& context, const std::string& login,
                               const SentCode& before, Batch batch) const {
    const auto state = before.version == 0 ? Expect::State::absent : Expect::State::version;
    batch.expects.push_back({kind, login, state, before.version});
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

std::string SentCodes::hashOf(const std::string& login, std::string_view secret) const {
    return base64url(host_.crypto().mac(kind, login + "\n" + std::string(secret)));
}

}  // namespace gatehouse
