// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/facade/Mails.h>
#include <gatehouse/point/Mailer.h>

#include "job/OwnJobs.h"
#include "limit/WindowQuota.h"
#include "mail/MailText.h"
#include "plugin/Watched.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

class PageBook;

/// Makes mails of templates, and has the `mailer` plugin send them by durable jobs, which keep them
/// sealed: what is in their links lets people in. Threads: any.
class MailQueue {
public:
    /// Of a kind, to one address, and about one account.
    static constexpr std::int64_t mostInWindow = 10;
    static constexpr seconds window{3600};

    /// All of it outlives this.
    struct Parts {
        Host& host;
        const SharedJobs& jobs;
        const PageBook* pages;  ///< null where no plugin shows any
    };
    MailQueue(const Parts& parts, const std::vector<Host::Named<Mailer>>& mailers);
    MailQueue(const MailQueue&) = delete;
    MailQueue& operator=(const MailQueue&) = delete;
    ~MailQueue();

    bool canSend() const noexcept { return mailer_.has_value(); }
    /// See Mails::send().
    Result<bool> send(const Context& context, const NewMail& mail) const;

private:
    Result<bool> isOneTooMany(const Context& context, const NewMail& mail) const;
    Status put(const Context& context, const NewMail& mail, const MailText& text) const;
    Status deliver(const Context& context, const DueJob& job) const;
    Status hand(const Context& context, const DueJob& job, const MailText& text) const;
    void tell(const Context& context, const MailText& text, const std::string& problem) const;
    std::string queueOf(const NewMail& mail) const;
    std::string hashOf(const std::string& text) const;

    const Parts parts_;
    std::optional<Watched<Mailer>> mailer_;
    WindowQuota quota_;
};

}  // namespace gatehouse
