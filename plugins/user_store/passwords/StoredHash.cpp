// SPDX-License-Identifier: Apache-2.0
#include "passwords/StoredHash.h"

#include "passwords/HashText.h"
#include "passwords/KeycloakHash.h"
#include "passwords/LoginName.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

/// The weakest scheme first.
constexpr std::array<const HashForm*, 15> forms{
    &saltedShaForm,     &phpassForm,        &drupal7Form,      &shaCryptForm,     &djangoPbkdf2Form,
    &passlibPbkdf2Form, &dotnetForm,        &bcryptForm,       &djangoBcryptForm, &wordpressForm,
    &cryptScryptForm,   &passlibScryptForm, &djangoScryptForm, &yescryptForm,     &argon2Form};

struct Named {
    std::string_view start;
    std::string_view name;
};

/// What stands before a hash that is written as ever behind it.
constexpr std::array<Named, 4> wrappings{
    {{"{CRYPT}", "$"}, {"{ARGON2}", "$argon2"}, {"argon2", "$argon2"}, {"bcrypt$", "$2"}}};

constexpr std::array<Named, 9> refused{{{"$1$", "MD5 crypt"},
                                        {"$apr1$", "Apache's MD5"},
                                        {"$2x$", "bcrypt with the fault of 2011"},
                                        {"$3$", "the NT hash"},
                                        {"{SHA}", "SHA-1 without a salt"},
                                        {"{MD5}", "MD5"},
                                        {"{SMD5}", "MD5"},
                                        {"md5$", "MD5"},
                                        {"sha1$", "SHA-1 once"}}};

std::string bareHash(std::string_view text) {
    if (auto rewritten = fromKeycloak(text)) {
        return *std::move(rewritten);
    }
    for (const auto& wrapping : wrappings) {
        const auto behind = text.substr(std::min(text.size(), wrapping.start.size()));
        if (startsWith(text, wrapping.start) && startsWith(behind, wrapping.name)) {
            return std::string(behind);
        }
    }
    return std::string(text);
}

std::string unknown(std::string_view text) {
    for (const auto& other : refused) {
        if (startsWith(text, other.start)) {
            return "this is " + std::string(other.name) + ", which is too weak to be taken";
        }
    }
    return "not a password hash of a form that is known";
}

bool isWeaker(std::string_view scheme, std::string_view than) {
    const auto has = [](std::string_view name) {
        return [name](const HashForm* form) { return form->name == name; };
    };
    return std::find_if(forms.begin(), forms.end(), has(scheme)) <
           std::find_if(forms.begin(), forms.end(), has(than));
}

}  // namespace

std::variant<StoredHash, std::string> StoredHash::read(std::string_view text,
                                                       std::string_view weakest) {
    constexpr std::size_t longest = 2048;
    const std::string bare = text.size() <= longest ? bareHash(text) : std::string{};
    for (const auto* form : forms) {
        const auto work = form->work(bare);
        if (!work) {
            continue;
        }
        if (work->time > mostWork.time || work->memoryKib > mostWork.memoryKib) {
            return "this " + std::string(form->name) +
                   " hash takes more time or memory to check than is allowed";
        }
        if (isWeaker(form->name, weakest)) {
            return "this is " + std::string(form->name) + ", and weakest_hash is " +
                   std::string(weakest);
        }
        return StoredHash(*form, bare, work->time);
    }
    return unknown(text);
}

bool StoredHash::fits(const Secret& password) const {
    return password.view().size() <= longestPassword && form_->fits(password, text_);
}

}  // namespace gatehouse
