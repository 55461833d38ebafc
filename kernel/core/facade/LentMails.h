// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Mails.h>

#include "Services.h"
#include "mail/MailQueue.h"

namespace gatehouse {

/// See Mails.
class LentMails final : public Mails {
public:
    explicit LentMails(Services& core) : core_(core) {}

    bool canSend() const override { return core_.mails().canSend(); }
    Result<bool> send(const Context& context, const NewMail& mail) const override {
        return core_.mails().send(context, mail);
    }

private:
    Services& core_;
};

}  // namespace gatehouse
