// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include <string>

namespace gatehouse {

/// One mail to one person. All of it may be a stranger's choice: a mailer refuses what it cannot
/// say as it is.
struct Mail {
    std::string id;  ///< the same at each try, and no other mail's: letters and digits
    std::string to;  ///< one address, "local@domain" in ASCII, and nothing else
    std::string subject;  ///< one line of UTF-8
    std::string text;  ///< UTF-8, lines end with LF
    TimePoint made{};  ///< the moment that it tells
};

/// Hands mails on to where they are delivered from. Of several the first one does.
class Mailer : public Plugin {
public:
    static constexpr Point point{"mailer", 1, Cardinality::ordered};
    /// It is taken, and whoever took it delivers it. May block until the context's deadline.
    /// Fault::badInput: this mail is refused for good. Anything else is tried again:
    /// Fault::unknown says that it may have been taken already, and then arrives twice with one
    /// `id`.
    virtual Status send(const Context&, const Mail&) const = 0;
};

}  // namespace gatehouse
