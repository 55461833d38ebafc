// SPDX-License-Identifier: Apache-2.0
#include "Passkey.h"

#include "json/Json.h"
#include "json/Members.h"
#include "text/Base64Url.h"

namespace gatehouse {

namespace {

std::int64_t millisecondsOf(TimePoint time) {
    return time.time_since_epoch().count();
}

TimePoint timeOf(const ValueMap& members, std::string_view name) {
    return TimePoint{milliseconds{numberOf(members, name)}};
}

}  // namespace

Secret Passkey::text() const {
    ValueMap members{{"id", base64url(credentialId)},
                     {"algorithm", key.algorithm},
                     {"key", base64url(key.bytes)},
                     {"sign_count", std::int64_t{signCount}},
                     {"backup_eligible", isBackupEligible},
                     {"backed_up", isBackedUp},
                     {"transports", listOfTexts(transports)},
                     {"name", name},
                     {"added", millisecondsOf(added)},
                     {"store", store},
                     {"user", userId}};
    if (used) {
        members.set("used", millisecondsOf(*used));
    }
    return Secret(toJson(members));
}

std::optional<Passkey> Passkey::parse(std::string_view text) {
    const auto read = parseJson(text);
    if (!read || read->map() == nullptr) {
        return std::nullopt;
    }
    const auto& members = *read->map();
    auto id = fromBase64url(members.text("id"));
    auto key = fromBase64url(members.text("key"));
    if (!id || id->empty() || !key || key->empty()) {
        return std::nullopt;
    }
    Passkey passkey;
    passkey.credentialId = *std::move(id);
    passkey.key = {static_cast<int>(numberOf(members, "algorithm")), *std::move(key)};
    passkey.signCount = static_cast<std::uint32_t>(numberOf(members, "sign_count"));
    passkey.isBackupEligible = isTrue(members, "backup_eligible");
    passkey.isBackedUp = isTrue(members, "backed_up");
    passkey.transports = textsOf(members.find("transports"));
    passkey.name = members.text("name");
    passkey.added = timeOf(members, "added");
    passkey.store = members.text("store");
    passkey.userId = members.text("user");
    if (members.contains("used")) {
        passkey.used = timeOf(members, "used");
    }
    return passkey;
}

std::vector<std::string> knownTransports(std::string_view list) {
    std::vector<std::string> known;
    const std::string all = "," + std::string(list) + ",";
    for (const auto* transport : {"usb", "nfc", "ble", "smart-card", "hybrid", "internal"}) {
        if (all.find("," + std::string(transport) + ",") != std::string::npos) {
            known.emplace_back(transport);
        }
    }
    return known;
}

}  // namespace gatehouse
