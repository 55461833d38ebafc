// SPDX-License-Identifier: Apache-2.0
#include "SubjectMember.h"

#include "DistinguishedName.h"
#include "json/MemberChoice.h"
#include "text/Lower.h"
#include "text/WebHost.h"

#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

namespace gatehouse {

namespace {

using AlternativeNames = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;

std::string_view bytesIn(const ASN1_STRING& string) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(&string)),
            static_cast<std::size_t>(ASN1_STRING_length(&string))};
}

/// Does `fits` hold for one of the alternative names of this kind? They may hold any bytes. A
/// certificate with two such extensions has none.
template <class Fits> bool anyName(const X509& certificate, int kind, const Fits& fits) {
    const AlternativeNames names(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
    ERR_clear_error();
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == kind && fits(bytesIn(*name->d.ia5))) {
            return true;
        }
    }
    return false;
}

bool isName(std::string_view value) {
    return distinguishedName(value) != nullptr;
}

bool hasSubject(const X509& certificate, std::string_view value) {
    const auto wanted = distinguishedName(value);
    return wanted != nullptr &&
           X509_NAME_cmp(X509_get_subject_name(&certificate), wanted.get()) == 0;
}

using Address = std::unique_ptr<ASN1_OCTET_STRING, Freed<ASN1_OCTET_STRING_free>>;

/// Its 4 or 16 bytes; empty: it is none.
std::string addressOf(std::string_view text) {
    if (text.find_first_not_of("0123456789abcdefABCDEF.:") != std::string_view::npos) {
        return {};
    }
    const Address bytes(a2i_IPADDRESS(std::string(text).c_str()));
    ERR_clear_error();
    return bytes == nullptr ? std::string() : std::string(bytesIn(*bytes));
}

bool isAddress(std::string_view value) {
    return !addressOf(value).empty();
}

bool hasAddress(const X509& certificate, std::string_view value) {
    return anyName(certificate, GEN_IPADD,
                   [wanted = addressOf(value)](std::string_view name) { return name == wanted; });
}

bool isHost(std::string_view value) {
    return isWebHost(value) && !isAddress(value) && value.front() != '[';
}

/// A wildcard names no host: it is compared as it stands.
bool hasHost(const X509& certificate, std::string_view value) {
    return anyName(certificate, GEN_DNS, [wanted = lowered(value)](std::string_view name) {
        return lowered(name) == wanted;
    });
}

bool isVisibleText(std::string_view value) {
    return std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

bool isUri(std::string_view value) {
    const auto colon = value.find(':');
    return colon != std::string_view::npos && colon > 0 && colon + 1 < value.size() &&
           isVisibleText(value);
}

bool hasUri(const X509& certificate, std::string_view value) {
    return anyName(certificate, GEN_URI, [value](std::string_view name) { return name == value; });
}

bool isEmail(std::string_view value) {
    const auto at = value.find('@');
    return at != std::string_view::npos && at > 0 && isVisibleText(value) &&
           isHost(value.substr(at + 1));
}

/// The host in any capitals, the rest as it stands (RFC 5280 section 7.5).
std::string mailbox(std::string_view address) {
    const auto at = std::min(address.rfind('@'), address.size());
    return std::string(address.substr(0, at)) + lowered(address.substr(at));
}

bool hasEmail(const X509& certificate, std::string_view value) {
    return anyName(certificate, GEN_EMAIL, [wanted = mailbox(value)](std::string_view name) {
        return mailbox(name) == wanted;
    });
}

}  // namespace

const std::vector<SubjectMember>& subjectMembers() {
    static const std::vector<SubjectMember> members{
        {"tls_client_auth_subject_dn",
         "a distinguished name (RFC 4514), such as CN=shop,O=Acme,C=DE", isName, hasSubject},
        {"tls_client_auth_san_dns", "a host name", isHost, hasHost},
        {"tls_client_auth_san_uri", "a URI", isUri, hasUri},
        {"tls_client_auth_san_ip", "an IP address", isAddress, hasAddress},
        {"tls_client_auth_san_email", "an e-mail address", isEmail, hasEmail},
    };
    return members;
}

const SubjectMember* subjectMemberOf(const ValueMap& metadata) {
    const SubjectMember* found = nullptr;
    for (const auto& member : subjectMembers()) {
        if (isThere(metadata, member.name)) {
            if (found != nullptr) {
                return nullptr;
            }
            found = &member;
        }
    }
    return found;
}

}  // namespace gatehouse
