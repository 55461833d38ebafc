// SPDX-License-Identifier: Apache-2.0
#include "tls/ServedCertificate.h"

#include "crypto/Digest.h"
#include "file/GivenFile.h"
#include "text/Lower.h"

#include <arpa/inet.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>
#include <string_view>
#include <utility>

namespace gatehouse {

namespace {

constexpr FileWish certificateWish{Keeping::own, std::size_t{256} * 1024};
constexpr FileWish keyWish{Keeping::secret, std::size_t{64} * 1024};
constexpr std::size_t longestChain = 10;

using GeneralNames = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;

/// A key with a passphrase is not asked about on the terminal.
int noPassphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* wasAsked) {
    *static_cast<bool*>(wasAsked) = true;
    return -1;
}

Bio memory(std::string_view text) {
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::vector<Certificate> certificatesIn(std::string_view pem) {
    std::vector<Certificate> found;
    const Bio source = memory(pem);
    while (Certificate next{PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr)}) {
        found.push_back(std::move(next));
    }
    const auto reason = ERR_GET_REASON(ERR_peek_last_error());
    ERR_clear_error();
    return reason == PEM_R_NO_START_LINE ? std::move(found) : std::vector<Certificate>{};
}

/// An address as clients write it; empty for other lengths.
std::string addressText(const ASN1_OCTET_STRING& address) {
    const unsigned char* bytes = ASN1_STRING_get0_data(&address);
    std::array<char, 64> text{};
    const int size = ASN1_STRING_length(&address);
    const int family = size == 4 ? AF_INET : AF_INET6;
    const bool isWritten =
        (size == 4 || size == 16) && inet_ntop(family, bytes, text.data(), text.size()) != nullptr;
    return isWritten ? text.data() : "";
}

std::string nameText(const ASN1_IA5STRING& name) {
    return lowered({reinterpret_cast<const char*>(ASN1_STRING_get0_data(&name)),
                    static_cast<std::size_t>(ASN1_STRING_length(&name))});
}

std::vector<std::string> namesOf(const X509& certificate) {
    std::vector<std::string> names;
    const GeneralNames all(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; i < sk_GENERAL_NAME_num(all.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(all.get(), i);
        if (name->type == GEN_DNS) {
            names.push_back(nameText(*name->d.dNSName));
        } else if (name->type == GEN_IPADD) {
            names.push_back(addressText(*name->d.iPAddress));
        }
    }
    return names;
}

TimePoint expiryOf(const X509& certificate) {
    std::tm parts{};
    const bool isRead = ASN1_TIME_to_tm(X509_get0_notAfter(&certificate), &parts) == 1;
    return isRead ? fromSeconds(::timegm(&parts)) : TimePoint{};
}

/// In words for an operator; empty: nothing.
std::string wrongWithChain(const std::vector<Certificate>& chain) {
    if (chain.empty()) {
        return "holds no certificate in PEM, or one that is damaged";
    }
    if (chain.size() > longestChain) {
        return "holds more than " + std::to_string(longestChain) +
               " certificates; only the server's own and those that lead to the root belong there";
    }
    for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
        if (X509_check_issued(chain[i + 1].get(), chain[i].get()) != X509_V_OK) {
            return "is out of order: certificate " + std::to_string(i + 2) +
                   " did not issue the one before it; the server's own comes first, then each "
                   "one's issuer";
        }
    }
    return {};
}

std::string wrongWithStrength(const X509& certificate) {
    return hasStrongKey(certificate)
               ? ""
               : "has a key that is too weak; RSA needs 2048 bits, better take P-256";
}

std::string wrongWithKey(const Key& key, bool isLocked, const std::vector<Certificate>& chain) {
    if (isLocked) {
        return "is locked by a passphrase; write it without one (openssl pkey) and give it mode "
               "0600";
    }
    if (key == nullptr) {
        return "holds no private key in PEM";
    }
    if (succeeded(X509_check_private_key(chain.front().get(), key.get()))) {
        return {};
    }
    const bool isOfOther = std::any_of(chain.begin(), chain.end(), [&](const auto& other) {
        return succeeded(X509_check_private_key(other.get(), key.get()));
    });
    return isOfOther ? "belongs to another certificate of the file than the first; the server's "
                       "own comes first"
                     : "does not belong to the certificate";
}

CertificateFault faultOf(const std::string& file, const std::string& text) {
    return {false, file + " " + text};
}

bool fits(std::string_view pattern, std::string_view host) {
    if (pattern.substr(0, 2) != "*.") {
        return pattern == host;
    }
    const auto dot = host.find('.');
    return dot != std::string_view::npos && dot > 0 && host.substr(dot) == pattern.substr(1);
}

Result<ServedCertificate, CertificateFault> chainOf(const std::string& file,
                                                    const GivenFile& given) {
    ServedCertificate served;
    served.chain = certificatesIn(given.text);
    if (const auto wrong = wrongWithChain(served.chain); !wrong.empty()) {
        return faultOf(file, wrong);
    }
    const X509& own = *served.chain.front();
    if (const auto wrong = wrongWithStrength(own); !wrong.empty()) {
        return faultOf(file, wrong);
    }
    served.names = namesOf(own);
    if (served.names.empty()) {
        return faultOf(file, "names nobody: clients look for the host in its subjectAltName");
    }
    served.expires = expiryOf(own);
    return served;
}

}  // namespace

Result<ServedCertificate, CertificateFault> readCertificate(const CertificateFiles& files) {
    const auto certificate = readGivenFile(files.certificate, certificateWish);
    if (!certificate) {
        return CertificateFault{false, certificate.error().detail};
    }
    auto served = chainOf(files.certificate, *certificate);
    if (!served) {
        return served;
    }
    auto key = readGivenFile(files.key, keyWish);
    if (!key) {
        return CertificateFault{true, key.error().detail};
    }
    bool isLocked = false;
    served->key.reset(
        PEM_read_bio_PrivateKey(memory(key->text).get(), nullptr, noPassphrase, &isLocked));
    ERR_clear_error();
    served->digest = sha256(certificate->text + key->text);
    ::explicit_bzero(key->text.data(), key->text.size());
    if (const auto wrong = wrongWithKey(served->key, isLocked, served->chain); !wrong.empty()) {
        return CertificateFault{true, files.key + " " + wrong};
    }
    for (const auto& doubt : {certificate->doubt, key->doubt}) {
        if (!doubt.empty()) {
            served->doubts.push_back(doubt);
        }
    }
    return served;
}

bool namesHost(const std::vector<std::string>& names, const std::string& host) {
    return std::any_of(names.begin(), names.end(),
                       [&](const auto& name) { return fits(name, host); });
}

}  // namespace gatehouse
