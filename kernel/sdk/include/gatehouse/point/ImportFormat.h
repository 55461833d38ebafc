// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>
#include <gatehouse/TakesPeople.h>
#include <gatehouse/TakesTotpKeys.h>
#include <gatehouse/Value.h>

#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Claims may be as the other server has them: a list of one text for a text, a text for a number.
struct ForeignPerson {
    Newcomer newcomer;
    std::vector<ForeignTotpKey> totpKeys;  ///< the preferred first
    std::vector<std::string> secondFactors;  ///< others that they prove: "webauthn"
};

struct ForeignClient {
    ValueMap metadata;  ///< as for `client add`, by the names of RFC 7591
    Secret secret;  ///< empty: there is none, or its hash is all that the other server tells
    bool isDisabled = false;
};

/// Takes in what an ImportFormat reads, in the order in which it reads. Implemented by the kernel.
class Arrivals {
public:
    virtual ~Arrivals() = default;
    /// A failure ends the reading. That somebody cannot be taken is none: it is reported.
    virtual Status add(ForeignPerson person) = 0;
    virtual Status add(ForeignClient client) = 0;
    /// What stays behind, and why, as a sentence that goes on from its kind and name: "client",
    /// "shop", "is one of SAML". Without a name it is counted alone.
    virtual void leave(std::string_view kind, std::string_view name, std::string_view why) = 0;
    /// What comes along, and not as it was.
    virtual void remark(std::string_view kind, std::string_view name, std::string_view what) = 0;
};

/// Reads the people and clients of another server from a file of its own. Needs no configuration:
/// `gatehouse import NAME FILE` is there while the plugin is installed. It is made for one file,
/// and neither configured nor started.
class ImportFormat : public Plugin {
public:
    static constexpr Point point{"import_format", 1, Cardinality::many};
    /// Any bytes may come, and any number: nothing of the file is kept longer than it takes to hand
    /// it on. Fault::badInput: the file cannot be read further; its detail says where and why.
    virtual Status read(std::istream& file, Arrivals& arrivals) const = 0;
};

}  // namespace gatehouse
