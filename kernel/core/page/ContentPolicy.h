// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// "'sha256-...'": the CSP source that allows exactly this inline style or script.
std::string contentSource(std::string_view content);

/// What stands between <script> and </script>.
std::vector<std::string> inlineScripts(std::string_view html);

/// "https://host:port" of an https or http URL; empty for anything a CSP cannot name.
std::string originOf(std::string_view url);

/// What a page may load and where its forms may lead.
struct ContentPolicy {
    std::string styleSource;
    std::string scriptSources;  ///< each with a space before it; empty: no script at all
    std::string imageOrigin;  ///< one more origin for images; may be empty
    std::string leadsTo;  ///< URI our answer to a form may redirect to; may be empty
    std::string postsTo;  ///< URI a form is posted to instead of us; may be empty

    /// The Content-Security-Policy header.
    std::string text() const;
};

}  // namespace gatehouse
