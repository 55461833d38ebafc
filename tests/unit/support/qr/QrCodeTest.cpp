// SPDX-License-Identifier: Apache-2.0
#include "qr/QrCode.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class QrCodeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(QrCodeTest);
    CPPUNIT_TEST(aTextIsAPicture);
    CPPUNIT_TEST(theTextIsNotInIt);
    CPPUNIT_TEST(whatIsTooLongIsNone);
    CPPUNIT_TEST_SUITE_END();

public:
    void aTextIsAPicture() {
        // Version 1 has 21 modules; the quiet zone has four on each side.
        const auto picture = qrCode("A");
        CPPUNIT_ASSERT(picture);
        CPPUNIT_ASSERT(picture->find("viewBox=\"0 0 29 29\"") != std::string::npos);
        // The finder pattern in the corner: seven dark modules, then one, five light, one.
        CPPUNIT_ASSERT(picture->find("M4 4h7v1H4z") != std::string::npos);
        CPPUNIT_ASSERT(picture->find("M4 5h1v1H4zM10 5h1v1H10z") != std::string::npos);
    }

    void theTextIsNotInIt() {
        CPPUNIT_ASSERT(qrCode("\"><script>")->find("script") == std::string::npos);
    }

    void whatIsTooLongIsNone() {
        CPPUNIT_ASSERT(!qrCode(""));
        CPPUNIT_ASSERT(!qrCode(std::string(5000, 'x')));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(QrCodeTest);

}  // namespace gatehouse
