// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "SmtpSettings.h"
#include "net/CallLimit.h"
#include "net/TlsTrust.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// One connection to the server that takes mails (RFC 5321), on POCO's session over a socket whose
/// deadline is that of the whole mail. One thread. Throws SmtpRefusal and Poco::Exception.
class SmtpDialog {
public:
    /// Connects, greets, and proves to be who it is; before TLS nothing is said that others may not
    /// hear. All arguments outlive it.
    SmtpDialog(const SmtpSettings& settings, const TlsTrust& trust, const CallLimit& limit);
    SmtpDialog(const SmtpDialog&) = delete;
    SmtpDialog& operator=(const SmtpDialog&) = delete;
    ~SmtpDialog();

    /// To whom. Until this has returned, and as long as nothing was written, nothing was taken.
    void begin(const std::string& to);
    /// The whole text, of lines of which none is a dot; taken when this returns.
    void finish(const std::string& text);
    /// Whatever is answered.
    void quit() noexcept;

private:
    class Session;
    enum class Whose { ours, theMails };

    void connect();
    void greet();
    void startTls();
    void logIn();
    void ask(const std::string& command, int expected, std::string_view step,
             Whose whose = Whose::ours);
    static void expect(int status, int expected, std::string_view step, const std::string& reply,
                       Whose whose);
    bool offers(std::string_view word, std::string_view argument = {}) const;

    const SmtpSettings& settings_;
    const TlsTrust& trust_;
    const CallLimit& limit_;
    std::unique_ptr<Session> session_;
    std::vector<std::string> offers_;  ///< lines of the answer to EHLO, in capitals
};

}  // namespace gatehouse
