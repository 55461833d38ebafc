// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>

#include <security/pam_appl.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace gatehouse {

/// Nobody knows whether the answer is yes.
struct PamFailure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// One person before the modules of one service: their hidden prompts are answered with the
/// password, if there is one, and no other. Threads: one.
class PamConversation {
public:
    struct Service {
        std::string name;
        std::string directory;
    };
    enum class Verdict { yes, no, passwordExpired };

    /// Throws PamFailure, as all do. `host` is the address of who asks; empty: unknown.
    PamConversation(const Service& service, const std::string& user, const std::string& host,
                    const Secret* password);
    PamConversation(const PamConversation&) = delete;
    PamConversation& operator=(const PamConversation&) = delete;
    ~PamConversation() = default;

    /// Whether the password is right, for this very user.
    bool isPassword();
    /// Whether the account may be used.
    Verdict account();

    /// That a module asked what has no answer here.
    bool wasAskedMore() const noexcept { return wasAskedMore_; }

private:
    struct End {
        void operator()(pam_handle_t* session) const noexcept { pam_end(session, PAM_SUCCESS); }
    };

    static int converse(int count, const pam_message** messages, pam_response** answers,
                        void* self) noexcept;
    bool answer(const pam_message& message, pam_response& answer) noexcept;
    void set(int item, const void* value);
    bool isSameUser() const;

    const std::string user_;
    const Secret* const password_;
    bool wasAskedMore_ = false;
    pam_conv conversation_;
    std::unique_ptr<pam_handle_t, End> session_;
};

}  // namespace gatehouse
