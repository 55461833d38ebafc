// SPDX-License-Identifier: Apache-2.0
#include "DistinguishedName.h"

#include "text/Hex.h"
#include "text/Lower.h"
#include "text/Utf8.h"

#include <openssl/asn1.h>
#include <openssl/objects.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

using Object = std::unique_ptr<ASN1_OBJECT, Freed<ASN1_OBJECT_free>>;
using Entry = std::unique_ptr<X509_NAME_ENTRY, Freed<X509_NAME_ENTRY_free>>;
using AnyValue = std::unique_ptr<ASN1_TYPE, Freed<ASN1_TYPE_free>>;
using Relative = std::vector<Entry>;  // a RelativeDistinguishedName

/// Those that go by any capitals (RFC 4514 section 3); others as OpenSSL has them.
constexpr std::pair<std::string_view, int> shortNames[] = {
    {"cn", NID_commonName},
    {"l", NID_localityName},
    {"st", NID_stateOrProvinceName},
    {"o", NID_organizationName},
    {"ou", NID_organizationalUnitName},
    {"c", NID_countryName},
    {"street", NID_streetAddress},
    {"dc", NID_domainComponent},
    {"uid", NID_userId},
    {"serialnumber", NID_serialNumber},
    {"emailaddress", NID_pkcs9_emailAddress},
};

Object typeOf(std::string_view text) {
    const auto* found = std::find_if(std::begin(shortNames), std::end(shortNames),
                                     [&](const auto& row) { return row.first == lowered(text); });
    return Object(found != std::end(shortNames) ? OBJ_nid2obj(found->second)
                                                : OBJ_txt2obj(std::string(text).c_str(), 0));
}

class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool isAtEnd() const noexcept { return rest_.empty(); }
    bool skip(char c) {
        const bool isThere = !rest_.empty() && rest_.front() == c;
        rest_.remove_prefix(isThere ? 1 : 0);
        return isThere;
    }
    /// One attribute, "TYPE=value"; null: it is none.
    Entry attribute() {
        while (skip(' ')) {
        }
        const auto sign = rest_.find('=');
        const auto name = rest_.substr(0, sign);
        if (sign == std::string_view::npos || name.empty() ||
            name.find('\0') != std::string_view::npos) {
            return nullptr;
        }
        const Object type = typeOf(name);
        rest_.remove_prefix(sign + 1);
        if (type == nullptr) {
            return nullptr;
        }
        return skip('#') ? encoded(*type) : plain(*type);
    }

private:
    Entry plain(const ASN1_OBJECT& type) {
        const auto value = text();
        return value && isUtf8(*value)
                   ? Entry(X509_NAME_ENTRY_create_by_OBJ(nullptr, &type, V_ASN1_UTF8STRING,
                                                         bytesOf(*value),
                                                         static_cast<int>(value->size())))
                   : nullptr;
    }

    /// RFC 4514 section 2.4: '#' and the hexadecimal digits of the value's BER.
    Entry encoded(const ASN1_OBJECT& type) {
        const auto end = std::min(rest_.find_first_of(",+"), rest_.size());
        const auto bytes = fromHex(rest_.substr(0, end));
        rest_.remove_prefix(end);
        if (!bytes) {
            return nullptr;
        }
        const auto* at = bytesOf(*bytes);
        const auto* last = at + bytes->size();
        const AnyValue value(d2i_ASN1_TYPE(nullptr, &at, static_cast<long>(bytes->size())));
        const int kind = value == nullptr || at != last ? V_ASN1_UNDEF : ASN1_TYPE_get(value.get());
        if ((ASN1_tag2bit(kind) & DIRSTRING_TYPE) == 0 && kind != V_ASN1_IA5STRING) {
            return nullptr;
        }
        const auto* string = value->value.asn1_string;
        return Entry(X509_NAME_ENTRY_create_by_OBJ(
            nullptr, &type, kind, ASN1_STRING_get0_data(string), ASN1_STRING_length(string)));
    }

    /// Up to the next ',' or '+' that is not escaped (RFC 4514 section 3).
    std::optional<std::string> text() {
        std::string value;
        bool isSpaceLast = false;
        for (bool isFirst = true; !rest_.empty() && rest_[0] != ',' && rest_[0] != '+';
             isFirst = false) {
            const char c = rest_.front();
            rest_.remove_prefix(1);
            if (c == '\0' || std::string_view("\";<>").find(c) != std::string_view::npos ||
                (isFirst && c == ' ')) {
                return std::nullopt;
            }
            isSpaceLast = c == ' ';
            const auto meant = c == '\\' ? escaped() : c;
            if (!meant) {
                return std::nullopt;
            }
            value += *meant;
        }
        return isSpaceLast ? std::nullopt : std::optional(std::move(value));
    }

    std::optional<char> escaped() {
        constexpr std::string_view special = "\\\"+,;<> #=";
        if (!rest_.empty() && special.find(rest_.front()) != std::string_view::npos) {
            const char c = rest_.front();
            rest_.remove_prefix(1);
            return c;
        }
        const auto byte = fromHex(rest_.substr(0, 2));
        if (!byte || byte->size() != 1) {
            return std::nullopt;
        }
        rest_.remove_prefix(2);
        return byte->front();
    }

    std::string_view rest_;
};

/// Last first, as the encoding has them the other way round (RFC 4514 section 2.1).
std::optional<std::vector<Relative>> relativesOf(std::string_view text) {
    Reader reader(text);
    std::vector<Relative> all;
    do {
        Relative one;
        do {
            one.push_back(reader.attribute());
            if (one.back() == nullptr) {
                return std::nullopt;
            }
        } while (reader.skip('+'));
        all.push_back(std::move(one));
    } while (reader.skip(','));
    std::reverse(all.begin(), all.end());
    return reader.isAtEnd() ? std::optional(std::move(all)) : std::nullopt;
}

}  // namespace

DistinguishedName distinguishedName(std::string_view text) {
    const auto relatives = relativesOf(text);
    DistinguishedName name(relatives ? X509_NAME_new() : nullptr);
    if (name != nullptr) {
        constexpr int atTheEnd = -1;
        for (const auto& relative : *relatives) {
            for (const auto& entry : relative) {
                const int set = entry == relative.front() ? 0 : -1;  // new, or the one before
                require(X509_NAME_add_entry(name.get(), entry.get(), atTheEnd, set) == 1,
                        "no memory for a name");
            }
        }
    }
    ERR_clear_error();
    return name;
}

}  // namespace gatehouse
