// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ImportFormat.h>
#include <gatehouse/testkit/FakeArrivals.h>
#include <gatehouse/testkit/OddTexts.h>

#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <sstream>
#include <string>

namespace gatehouse::testkit {

/// What every ImportFormat promises, run against the plugin of a bed:
///
///     struct AcmeBed {
///         std::unique_ptr<gatehouse::ImportFormat> make();
///         /// A good file with at least two people or clients.
///         std::string file();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::ImportFormatContract<AcmeBed>);
template <class Bed> class ImportFormatContract : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ImportFormatContract<Bed>);
    CPPUNIT_TEST(whatIsInTheFileIsHandedOn);
    CPPUNIT_TEST(itReadsTheSameTwice);
    CPPUNIT_TEST(aFailureEndsTheReading);
    CPPUNIT_TEST(aFileThatIsCutOffHandsOnWholePeopleAlone);
    CPPUNIT_TEST(oddTextsAreRefused);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatIsInTheFileIsHandedOn() {
        FakeArrivals arrivals;
        CPPUNIT_ASSERT(read(bed_.file(), arrivals));
        CPPUNIT_ASSERT(sizeOf(arrivals) >= 2);
        for (const auto& person : arrivals.people) {
            const auto& user = person.newcomer.user;
            CPPUNIT_ASSERT(!user.login.empty());
            CPPUNIT_ASSERT(user.id.empty() || user.id.front() == knownSubjectMark);
        }
        for (const auto& client : arrivals.clients) {
            CPPUNIT_ASSERT(!client.metadata.text("client_id").empty());
            CPPUNIT_ASSERT(!client.metadata.contains("client_secret"));
        }
    }

    void itReadsTheSameTwice() {
        FakeArrivals first;
        FakeArrivals second;
        CPPUNIT_ASSERT(read(bed_.file(), first) && read(bed_.file(), second));
        CPPUNIT_ASSERT_EQUAL(sizeOf(first), sizeOf(second));
    }

    void aFailureEndsTheReading() {
        FakeArrivals arrivals;
        arrivals.most = 1;
        const auto status = read(bed_.file(), arrivals);
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().isTemporary());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, sizeOf(arrivals));
    }

    void aFileThatIsCutOffHandsOnWholePeopleAlone() {
        FakeArrivals whole;
        CPPUNIT_ASSERT(read(bed_.file(), whole));
        for (std::size_t length = 0; length < bed_.file().size(); ++length) {
            FakeArrivals arrivals;
            const auto status = read(bed_.file().substr(0, length), arrivals);
            CPPUNIT_ASSERT(status || status.error().fault == Fault::badInput);
            CPPUNIT_ASSERT(sizeOf(arrivals) <= sizeOf(whole));
        }
    }

    void oddTextsAreRefused() {
        for (const auto& odd : oddTexts()) {
            FakeArrivals arrivals;
            const auto status = read(odd, arrivals);
            CPPUNIT_ASSERT(!status);
            CPPUNIT_ASSERT(status.error().fault == Fault::badInput);
            CPPUNIT_ASSERT(!status.error().detail.empty());
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, sizeOf(arrivals));
        }
    }

private:
    static std::size_t sizeOf(const FakeArrivals& arrivals) {
        return arrivals.people.size() + arrivals.clients.size();
    }
    Status read(const std::string& text, FakeArrivals& arrivals) {
        std::istringstream file(text);
        return bed_.make()->read(file, arrivals);
    }

    Bed bed_;
};

}  // namespace gatehouse::testkit
