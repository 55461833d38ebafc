// SPDX-License-Identifier: Apache-2.0
// A PAM module for tests: people stand in the file people=FILE, one a line as NAME:PASSWORD:CODE,
// the code being what PAM is told of the account. While FILE.away is there it knows nobody, while
// FILE.hangs is there it does not answer. Who is wrong is to wait for ten minutes. more: a prompt
// that is not hidden; as=NAME: everybody is NAME.
#include <security/pam_ext.h>
#include <security/pam_modules.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

namespace {

constexpr unsigned tenMinutes = 600'000'000;

struct Settings {
    std::string people;
    std::string as;
    bool asksMore = false;
};

Settings settingsOf(int count, const char** arguments) {
    Settings settings;
    for (int each = 0; each < count; ++each) {
        const std::string argument = arguments[each];
        settings.asksMore = settings.asksMore || argument == "more";
        if (argument.rfind("people=", 0) == 0) {
            settings.people = argument.substr(7);
        }
        if (argument.rfind("as=", 0) == 0) {
            settings.as = argument.substr(3);
        }
    }
    return settings;
}

bool isAway(const Settings& settings) {
    while (std::filesystem::exists(settings.people + ".hangs")) {
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return std::filesystem::exists(settings.people + ".away");
}

struct Person {
    std::string password;
    int code = PAM_USER_UNKNOWN;
};

Person find(pam_handle_t* session, const Settings& settings) {
    const char* name = nullptr;
    pam_get_user(session, &name, nullptr);
    std::ifstream file(settings.people);
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        std::string user;
        Person person;
        std::string code;
        std::getline(std::getline(std::getline(fields, user, ':'), person.password, ':'), code);
        if (user == name) {
            person.code = std::atoi(code.c_str());
            return person;
        }
    }
    return {};
}

}  // namespace

extern "C" __attribute__((visibility("default"))) int
pam_sm_authenticate(pam_handle_t* session, int /*flags*/, int count, const char** arguments) {
    const auto settings = settingsOf(count, arguments);
    if (isAway(settings)) {
        return PAM_AUTHINFO_UNAVAIL;
    }
    pam_info(session, "Welcome");
    char* code = nullptr;
    if (settings.asksMore &&
        pam_prompt(session, PAM_PROMPT_ECHO_ON, &code, "Code: ") != PAM_SUCCESS) {
        return PAM_CONV_ERR;
    }
    const char* typed = nullptr;
    if (pam_get_authtok(session, PAM_AUTHTOK, &typed, nullptr) != PAM_SUCCESS || typed == nullptr) {
        return PAM_AUTH_ERR;
    }
    const Person person = find(session, settings);
    if (person.code == PAM_USER_UNKNOWN || person.password != typed) {
        pam_fail_delay(session, tenMinutes);
        return PAM_AUTH_ERR;
    }
    if (!settings.as.empty()) {
        pam_set_item(session, PAM_USER, settings.as.c_str());
    }
    const void* host = nullptr;
    pam_get_item(session, PAM_RHOST, &host);
    std::ofstream(settings.people + ".host")
        << (host != nullptr ? static_cast<const char*>(host) : "");
    return PAM_SUCCESS;
}

extern "C" __attribute__((visibility("default"))) int pam_sm_setcred(pam_handle_t* /*session*/,
                                                                     int /*flags*/, int /*count*/,
                                                                     const char** /*arguments*/) {
    return PAM_SUCCESS;
}

extern "C" __attribute__((visibility("default"))) int
pam_sm_acct_mgmt(pam_handle_t* session, int /*flags*/, int count, const char** arguments) {
    const auto settings = settingsOf(count, arguments);
    return isAway(settings) ? PAM_AUTHINFO_UNAVAIL : find(session, settings).code;
}
