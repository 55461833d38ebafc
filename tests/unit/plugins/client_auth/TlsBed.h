// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/SentForm.h>

#include "IssuedCertificate.h"
#include "TlsClientAuth.h"

#include <cppunit/TestAssert.h>
#include <sys/stat.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse {

/// The method with one authority that it believes; the client is "shop".
struct TlsAuthBed : testkit::FacadeBed {
    TlsAuthBed() {
        std::array<char, 32> name{"/tmp/gatehouse-cas-XXXXXX"};
        folder = ::mkdtemp(name.data());
        write(root.pem());
    }
    ~TlsAuthBed() { std::filesystem::remove_all(folder); }

    void write(const std::string& text) const {
        std::ofstream(caFile()) << text;
        ::chmod(caFile().c_str(), 0644);
    }
    std::string caFile() const { return folder / "cas.pem"; }

    std::unique_ptr<ClientAuthMethod> make() {
        auto method = std::make_unique<TlsClientAuth>();
        CPPUNIT_ASSERT(method->configure(testkit::FakeConfig{{"ca_file", caFile()}}, host));
        CPPUNIT_ASSERT(method->start());
        return method;
    }

    static testkit::SentForm shows(const std::vector<std::string>& chain) {
        testkit::SentForm sent;
        sent.request.clientCertificate = std::make_shared<const CertificateChain>(chain);
        sent.form = Form(std::vector<Form::Field>{{"client_id", "shop"}});
        return sent;
    }
    static Client client(std::string_view method, ValueMap metadata) {
        Client shop;
        shop.id = "shop";
        shop.authMethod = method;
        shop.metadata = std::move(metadata);
        return shop;
    }

    std::filesystem::path folder;
    IssuedCertificate root{authority("root")};
};

}  // namespace gatehouse
