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
///
/// Chromium holds every redirect that follows a form's POST against form-action, also those a site
/// makes after its callback: to another port, another site, an app's scheme. So our own forms never
/// lead anywhere by redirect (a page goes on instead), and are held to 'self'. The page that posts
/// an answer to a site has no form-action, since nobody can know what the site's callback leads on
/// to; it has no field that a person fills in, and its target is the registered redirect URI.
struct ContentPolicy {
    std::string styleSource;
    std::string scriptSources;  ///< each with a space before it; empty: no script at all
    std::string imageOrigin;  ///< one more origin for images; may be empty
    bool postsElsewhere = false;  ///< its form is for a site, not for us
    std::vector<std::string> frameOrigins = {};

    /// The Content-Security-Policy header.
    std::string text() const;
};

}  // namespace gatehouse
