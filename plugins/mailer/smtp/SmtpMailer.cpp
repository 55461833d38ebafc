// SPDX-License-Identifier: Apache-2.0
#include "SmtpMailer.h"

#include "MessageText.h"
#include "SmtpDialog.h"
#include "SmtpRefusal.h"
#include "text/Hex.h"

#include <Poco/Exception.h>

#include <algorithm>
#include <utility>

namespace gatehouse {

Status SmtpMailer::configure(const Config& config, Host& host) {
    host_ = &host;
    auto settings = SmtpSettings::read(config);
    if (!settings) {
        return settings.error();
    }
    settings_ = *std::move(settings);
    return done();
}

Status SmtpMailer::check() const {
    const auto trust = TlsTrust::make(settings_.caFile);
    return trust ? done() : Status(trust.error());
}

Status SmtpMailer::start() {
    auto trust = TlsTrust::make(settings_.caFile);
    if (!trust) {
        return trust.error();
    }
    trust_.emplace(*std::move(trust));
    isStopping_ = false;
    return done();
}

Status SmtpMailer::send(const Context& context, const Mail& mail) const {
    if (const auto problem = mailProblem(mail); !problem.empty()) {
        return Error::badInput("a mail cannot be sent: " + problem);
    }
    return hand(context, mail);
}

/// Once the text is on its way only the answer tells whether the mail was taken.
Status SmtpMailer::hand(const Context& context, const Mail& mail) const {
    bool isOnItsWay = false;
    const auto problem = [this](const std::string& what) {
        return settings_.place() + ": " + what;
    };
    const CallLimit limit(host_->clock(),
                          std::min(context.deadline, host_->clock().steady() + settings_.timeout),
                          isStopping_);
    try {
        SmtpDialog dialog(settings_, *trust_, limit);
        dialog.begin(mail.to);
        isOnItsWay = true;
        dialog.finish(messageText(mail, settings_));
        dialog.quit();
        return done();
    } catch (const SmtpRefusal& refusal) {
        return refusal.isOfTheMail() ? Error::badInput(problem(refusal.what()))
                                     : Error::unavailable(problem(refusal.what()));
    } catch (const Poco::Exception& failure) {
        return isOnItsWay ? Error::unknown(problem("has not said that it took a mail: " +
                                                   failure.displayText()))
                          : Error::unavailable(problem(failure.displayText()));
    }
}

std::vector<OfferedCommand> SmtpMailer::commands() const {
    return {
        {"mail test",
         "ADDRESS",
         "Sends a mail to an address, and says what went wrong",
         "The mail goes at once, by the settings of mailer.smtp. That it was taken does not say "
         "that it arrives: look for it, and among the unwanted ones.",
         {},
         "gatehouse mail test ada@example.org"}};
}

Result<Value> SmtpMailer::run(const Context& context, std::string_view /*name*/,
                              const GivenArguments& arguments) {
    constexpr std::size_t idSize = 16;
    Mail mail;
    mail.id = hex(host_->random().bytes(idSize));
    mail.to = arguments.positional.front();
    mail.subject = "Gatehouse can send mails";
    mail.text = "This mail was sent by \"gatehouse mail test\".\n";
    mail.made = host_->clock().now();
    const auto sent = send(context, mail);
    if (!sent) {
        return sent.error();
    }
    return Value(ValueMap{{"id", mail.to}, {"taken_by", settings_.place()}});
}

constexpr Field fields[] = {
    {"host", Kind::text, required, "name or address of the server that takes mails"},
    {"port", Kind::number, optional, "587, or as `tls` says: 465 with implicit, 25 with none",
     between(1, 65'535)},
    {"tls", Kind::text, byDefault("starttls"),
     "starttls: from the first command on; implicit: from the first byte on; none: only to "
     "this machine",
     oneOf("starttls|implicit|none")},
    {"allow_unencrypted", Kind::boolean, byDefault("false"),
     "`tls: none` to another machine, over a network of your own"},
    {"ca_file", Kind::path, optional,
     "certificates (PEM) that are believed beside the system's: the server's must be for `host`"},
    {"user", Kind::text, optional, "who the server knows us as (AUTH PLAIN or LOGIN)"},
    {"password", Kind::secret, optional, "of `user`"},
    {"from", Kind::text, required, "the address that mails come from"},
    {"from_name", Kind::text, optional, "the name beside it"},
    {"timeout", Kind::duration, byDefault("30s"),
     "for one mail, from connecting to the last answer", between(1'000, 50'000)},
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::SmtpMailer, "smtp", "0.1.0", "Sends mails by SMTP", gatehouse::fields)
