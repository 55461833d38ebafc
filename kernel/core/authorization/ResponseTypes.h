// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Value.h>
#include <gatehouse/point/ResponseMode.h>
#include <gatehouse/point/ResponseType.h>

#include "plugin/Watched.h"

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A value of `response_type`: what an answer is made of.
struct AskedFor {
    std::string text;  ///< its words in alphabetical order
    bool givesCode = false;
    std::vector<const Watched<ResponseType>*> kinds;  ///< those of plugins, as they are asked
    std::vector<std::string> grants;  ///< what clients must be registered for
};

/// What the authorization endpoint can be asked for: codes, and the kinds of plugins with all that
/// they make together; made once a generation. Threads: any.
class ResponseTypes {
public:
    /// `givesCodes`: there is a grant that redeems them.
    ResponseTypes(Host& host, const std::vector<Host::Named<ResponseType>>& plugins,
                  bool givesCodes);

    /// In whatever order the words are. nullptr: there is no such value.
    const AskedFor* find(std::string_view text) const;
    /// Is one of its words of a plugin? What has a token or its like, and what is said against it,
    /// does not come where servers log it, but in the fragment or where it was asked for (OAuth 2.0
    /// Multiple Response Type Encoding Practices sections 2.1, 3 and 5).
    bool isHiddenFromServers(std::string_view text) const;
    /// Those that the issuer's grants allow.
    std::vector<std::string> names(const Issuer& issuer) const;
    /// What the issuer's clients can be registered for beside the grants of the token endpoint.
    std::vector<std::string> grants(const Issuer& issuer) const;
    static bool allows(const Issuer& issuer, const AskedFor& type);
    /// What a client says of itself: are its `response_types` among names()?
    Status check(const Issuer& issuer, const ValueMap& metadata) const;

private:
    void add(std::vector<const Watched<ResponseType>*> kinds, bool givesCode);

    std::deque<Watched<ResponseType>> kinds_;  ///< keeps its elements in place
    std::vector<AskedFor> values_;
};

}  // namespace gatehouse
