// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include "tls/CertificateFiles.h"
#include "tls/OpenSslTls.h"

#include <string>
#include <vector>

namespace gatehouse {

/// A certificate as it is shown to clients, and its key. Not changed once it is read.
struct ServedCertificate {
    std::vector<Certificate> chain;  ///< the server's own first
    Key key;
    std::vector<std::string> names;  ///< its subjectAltNames: host names in lower case, addresses
    TimePoint expires;
    std::string digest;  ///< of what the files said
    std::vector<std::string> doubts;  ///< about how the files are kept, for a log
};

/// What is wrong with a certificate or its key.
struct CertificateFault {
    bool isOfKey = false;
    std::string text;  ///< begins with the file's name
};

/// Reads both files under the guarded reader's rules, and checks what clients would stumble over:
/// the key fits, each certificate is issued by the next one, there are names, keys are of 112 bits
/// of strength or more. Not the time: see `expires`.
Result<ServedCertificate, CertificateFault> readCertificate(const CertificateFiles& files);

/// Does one of the names fit (RFC 9525 section 6.3)? "*" stands for a whole first label. `host` in
/// lower case.
bool namesHost(const std::vector<std::string>& names, const std::string& host);

}  // namespace gatehouse
