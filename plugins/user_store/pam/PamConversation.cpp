// SPDX-License-Identifier: Apache-2.0
#include "PamConversation.h"

#include <cstdlib>
#include <cstring>

namespace gatehouse {

namespace {

constexpr int quietly = PAM_SILENT | PAM_DISALLOW_NULL_AUTHTOK;

/// The server counts wrong guesses and slows them down itself; a module that sleeps would hold a
/// lane.
void doNotDelay(int /*result*/, unsigned /*microseconds*/, void* /*self*/) noexcept {}

bool saysNo(int result) {
    switch (result) {
    case PAM_AUTH_ERR:
    case PAM_USER_UNKNOWN:
    case PAM_MAXTRIES:
    case PAM_PERM_DENIED:
    case PAM_ACCT_EXPIRED:
    case PAM_CRED_INSUFFICIENT:
    case PAM_CRED_EXPIRED:
    case PAM_CONV_ERR: return true;
    default: return false;
    }
}

void check(pam_handle_t* session, const char* what, int result) {
    if (result != PAM_SUCCESS) {
        throw PamFailure(std::string(what) + ": " + pam_strerror(session, result));
    }
}

char* copyOf(std::string_view text) noexcept {
    auto* copy = static_cast<char*>(std::calloc(text.size() + 1, 1));
    if (copy != nullptr) {
        std::memcpy(copy, text.data(), text.size());
    }
    return copy;
}

void forget(pam_response* answers, int count) noexcept {
    for (int each = 0; each < count; ++each) {
        if (answers[each].resp != nullptr) {
            explicit_bzero(answers[each].resp, std::strlen(answers[each].resp));
            std::free(answers[each].resp);
        }
    }
    std::free(answers);
}

}  // namespace

PamConversation::PamConversation(const Service& service, const std::string& user,
                                 const std::string& host, const Secret* password)
    : user_(user), password_(password), conversation_{converse, this} {
    pam_handle_t* session = nullptr;
    const int result = pam_start_confdir(service.name.c_str(), user.c_str(), &conversation_,
                                         service.directory.c_str(), &session);
    session_.reset(session);
    check(session, "service", result);
    if (!host.empty()) {
        set(PAM_RHOST, host.c_str());
    }
    set(PAM_FAIL_DELAY, reinterpret_cast<const void*>(doNotDelay));
}

bool PamConversation::isPassword() {
    const int result = pam_authenticate(session_.get(), quietly);
    if (saysNo(result)) {
        return false;
    }
    check(session_.get(), "authentication", result);
    return isSameUser();
}

PamConversation::Verdict PamConversation::account() {
    const int result = pam_acct_mgmt(session_.get(), quietly);
    if (saysNo(result) || result == PAM_AUTHTOK_EXPIRED) {
        return Verdict::no;
    }
    if (result == PAM_NEW_AUTHTOK_REQD) {
        return Verdict::passwordExpired;
    }
    check(session_.get(), "account", result);
    return Verdict::yes;
}

/// A module may make another account of the name, which is then not the one that was looked up.
bool PamConversation::isSameUser() const {
    const void* user = nullptr;
    check(session_.get(), "user", pam_get_item(session_.get(), PAM_USER, &user));
    return user != nullptr && user_ == static_cast<const char*>(user);
}

void PamConversation::set(int item, const void* value) {
    check(session_.get(), "item", pam_set_item(session_.get(), item, value));
}

int PamConversation::converse(int count, const pam_message** messages, pam_response** answers,
                              void* self) noexcept {
    if (count <= 0 || count > PAM_MAX_NUM_MSG) {
        return PAM_CONV_ERR;
    }
    auto* all =
        static_cast<pam_response*>(std::calloc(static_cast<std::size_t>(count), sizeof **answers));
    if (all == nullptr) {
        return PAM_BUF_ERR;
    }
    for (int each = 0; each < count; ++each) {
        if (!static_cast<PamConversation*>(self)->answer(*messages[each], all[each])) {
            forget(all, count);
            return PAM_CONV_ERR;
        }
    }
    *answers = all;
    return PAM_SUCCESS;
}

/// What a module merely says stays unread: it is meant for a terminal.
bool PamConversation::answer(const pam_message& message, pam_response& answer) noexcept {
    if (message.msg_style == PAM_TEXT_INFO || message.msg_style == PAM_ERROR_MSG) {
        return true;
    }
    if (message.msg_style != PAM_PROMPT_ECHO_OFF || password_ == nullptr) {
        wasAskedMore_ = true;
        return false;
    }
    answer.resp = copyOf(password_->view());
    return answer.resp != nullptr;
}

}  // namespace gatehouse
