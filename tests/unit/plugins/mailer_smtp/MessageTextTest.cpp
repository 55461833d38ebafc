// SPDX-License-Identifier: Apache-2.0
#include "MessageText.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <string>
#include <vector>

namespace gatehouse {

class MessageTextTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MessageTextTest);
    CPPUNIT_TEST(aPlainMailIsReadable);
    CPPUNIT_TEST(whateverIsInItItsLinesAreShortAsciiAndNoDot);
    CPPUNIT_TEST(aLongSubjectIsFoldedBetweenCharacters);
    CPPUNIT_TEST(whatLooksEncodedIsEncoded);
    CPPUNIT_TEST(whatCannotBeSaidIsRefused);
    CPPUNIT_TEST_SUITE_END();

    static SmtpSettings settings(const std::string& name = {}) {
        SmtpSettings settings;
        settings.from = "login@id.example";
        settings.fromName = name;
        return settings;
    }
    static Mail mail() {
        return {"4f", "ada@example.org", "Your code", "123\n", TimePoint{seconds{1700000000}}};
    }
    static std::vector<std::string> linesOf(const std::string& text) {
        std::vector<std::string> lines;
        std::size_t at = 0;
        for (auto end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n", at)) {
            lines.push_back(text.substr(at, end - at));
            at = end + 2;
        }
        CPPUNIT_ASSERT_EQUAL(text.size(), at);
        return lines;
    }

public:
    void aPlainMailIsReadable() {
        CPPUNIT_ASSERT_EQUAL(std::string("Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n"
                                         "From: Gate 1\r\n <login@id.example>\r\n"
                                         "To: <ada@example.org>\r\n"
                                         "Subject: Your code\r\n"
                                         "Message-ID: <4f@id.example>\r\n"
                                         "Auto-Submitted: auto-generated\r\n"
                                         "MIME-Version: 1.0\r\n"
                                         "Content-Type: text/plain; charset=utf-8\r\n"
                                         "Content-Transfer-Encoding: base64\r\n"
                                         "\r\n"
                                         "MTIzDQo=\r\n"),
                             messageText(mail(), settings("Gate 1")));
    }
    void whateverIsInItItsLinesAreShortAsciiAndNoDot() {
        Mail odd = mail();
        odd.subject = std::string(500, 'x') + "ä";
        odd.text = ".\r\n.\n\n" + std::string(5000, 'y') + "\r\r\n.";
        for (const auto& line : linesOf(messageText(odd, settings("\"Ä, <b>\" (c)")))) {
            CPPUNIT_ASSERT(line.size() <= 78 && line != ".");
            CPPUNIT_ASSERT(std::all_of(line.begin(), line.end(),
                                       [](char letter) { return letter >= ' ' && letter <= '~'; }));
        }
    }
    void aLongSubjectIsFoldedBetweenCharacters() {
        std::string euros;
        for (int number = 0; number < 20; ++number) {
            euros += "€";
        }
        const auto words = linesOf(headerText(euros, false) + "\r\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, words.size());
        CPPUNIT_ASSERT_EQUAL(
            std::string("=?UTF-8?B?4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs?="),
            words[0]);
        CPPUNIT_ASSERT_EQUAL(std::string(" =?UTF-8?B?4oKs4oKs4oKs4oKs4oKs4oKs4oKs?="), words[1]);
    }
    void whatLooksEncodedIsEncoded() {
        Mail odd = mail();
        odd.subject = "=?UTF-8?B?eA==?=";
        CPPUNIT_ASSERT(messageText(odd, settings()).find("Subject: =?UTF-8?B?PT9VVEY") !=
                       std::string::npos);
    }
    void whatCannotBeSaidIsRefused() {
        CPPUNIT_ASSERT_EQUAL(std::string(), mailProblem(mail()));
        const auto isRefused = [](const auto& change) {
            Mail odd = mail();
            change(odd);
            return !mailProblem(odd).empty();
        };
        CPPUNIT_ASSERT(
            isRefused([](Mail& odd) { odd.to = "a@example.org\r\nBcc: b@example.org"; }));
        CPPUNIT_ASSERT(isRefused([](Mail& odd) { odd.subject = "a\r\nBcc: b@example.org"; }));
        CPPUNIT_ASSERT(isRefused([](Mail& odd) { odd.id = "a>\r\nBcc: <b@example.org"; }));
        CPPUNIT_ASSERT(isRefused([](Mail& odd) { odd.id.clear(); }));
        CPPUNIT_ASSERT(isRefused([](Mail& odd) { odd.text = "\xFF"; }));
        CPPUNIT_ASSERT(isRefused([](Mail& odd) { odd.subject = "caf\xC3"; }));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MessageTextTest);

}  // namespace gatehouse
