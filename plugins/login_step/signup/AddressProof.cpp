// SPDX-License-Identifier: Apache-2.0
#include "AddressProof.h"

#include "text/Base64Url.h"

#include <string_view>
#include <utility>

namespace gatehouse {

namespace {

// What is kept: where a link has gone, and its hash; then the address that was shown.
constexpr const char* to = "to";
constexpr const char* link = "link";
constexpr const char* shown = "confirmed";

}  // namespace

std::string AddressProof::shownIn(const LoginState& state) {
    return std::string(state.kept.text(shown));
}

bool AddressProof::isWaiting(const LoginState& state) {
    return state.kept.contains(to);
}

StepOutcome AddressProof::ask(const LoginState& state) {
    if (isWaiting(state)) {
        return StepOutcome::show({"signup_sent", {{"address", std::string(state.kept.text(to))}}});
    }
    return StepOutcome::show(
        {"signup_address", {{"login", state.loginHint}}, std::string(state.kept.text("problem"))});
}

Result<StepOutcome> AddressProof::send(const Context& context, LoginState& state,
                                       const std::string& address, Known known) const {
    constexpr std::size_t referenceSize = 32;
    const auto reference = base64url(host_.random().bytes(referenceSize));
    NewMail mail;
    mail.name = known == Known::yes ? "signup_taken" : "signup_confirm";
    mail.to = known == Known::untold ? std::string() : address;
    mail.about = "signup " + address;
    mail.languages = state.language;
    mail.values = {{"link", state.returnUrl + "?state=" + reference}};
    mail.goodFor = seconds{3600};
    const auto sent = mails_.send(context, mail);
    if (!sent) {
        return sent.error();
    }
    state.kept = {};
    state.kept.set(to, address);
    state.kept.set(link, hashOf(reference));
    StepOutcome outcome;
    outcome.reference = reference;  // whether or not a mail has it: nobody can tell
    return outcome;
}

StepOutcome AddressProof::returned(LoginState& state, const Form& query) const {
    const std::string address(state.kept.text(to));
    const bool isRight = host_.crypto().equal(hashOf(query.text("state")), state.kept.text(link));
    state.kept = {};
    if (!isRight || address.empty()) {
        return StepOutcome::again("signup.old_link");
    }
    state.kept.set(shown, address);
    return StepOutcome{};
}

std::string AddressProof::hashOf(std::string_view reference) const {
    return base64url(host_.crypto().mac("signup", reference));
}

}  // namespace gatehouse
