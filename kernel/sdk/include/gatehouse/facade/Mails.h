// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <string>

namespace gatehouse {

/// A mail that a template makes: "mail/NAME.txt" among the pages, with the text
/// "mail.NAME.subject".
struct NewMail {
    std::string name;
    std::string to;  ///< "local@domain"; empty: nobody, and the work is the same
    std::string about;  ///< whose account it is about; any text, for counting
    std::string languages;  ///< in which the person reads, as in Accept-Language; empty: unknown
    ValueMap values;  ///< what the template shows; secrets may be among them
    seconds goodFor{86'400};  ///< afterwards nobody needs it, and it is not sent
};

/// Mails with the issuer's texts. Each is a durable job: it is sent when the server that takes
/// mails is back, at least once. Where somebody needs them, templates and texts must be installed.
/// Lent by the kernel to who lists "mails" in its needs, for use while serving; grows at its end.
/// Threads: any.
class Mails : public Plugin {
public:
    static constexpr Point point{"mails", 1, Cardinality::one};
    /// Is there a mailer?
    virtual bool canSend() const = 0;
    /// It is durable when this returns true. False: of mails of this name to this address, or
    /// about this account, there were too many. Fault::badInput: no address, or no such template.
    virtual Result<bool> send(const Context&, const NewMail& mail) const = 0;
};

}  // namespace gatehouse
