// SPDX-License-Identifier: Apache-2.0
#include "loader/KnownPoints.h"

#include <gatehouse/point/AnswerMember.h>
#include <gatehouse/point/Approver.h>
#include <gatehouse/point/AuthorizationRule.h>
#include <gatehouse/point/ClaimsSource.h>
#include <gatehouse/point/ClientAuthMethod.h>
#include <gatehouse/point/ClientMetadataRule.h>
#include <gatehouse/point/ClientSource.h>
#include <gatehouse/point/EventSink.h>
#include <gatehouse/point/Grant.h>
#include <gatehouse/point/HttpModule.h>
#include <gatehouse/point/ImportFormat.h>
#include <gatehouse/point/KeyStore.h>
#include <gatehouse/point/LoginStep.h>
#include <gatehouse/point/Mailer.h>
#include <gatehouse/point/MetricsExporter.h>
#include <gatehouse/point/PasswordRule.h>
#include <gatehouse/point/RequestSource.h>
#include <gatehouse/point/ResourceRegistry.h>
#include <gatehouse/point/ResponseMode.h>
#include <gatehouse/point/ResponseType.h>
#include <gatehouse/point/Storage.h>
#include <gatehouse/point/TokenBinding.h>
#include <gatehouse/point/TokenFormat.h>
#include <gatehouse/point/TrustedIssuer.h>
#include <gatehouse/point/UserStore.h>

namespace gatehouse {

const std::vector<Point>& knownPoints() {
    static const std::vector<Point> points{
        AnswerMember::point, Approver::point,         AuthorizationRule::point,
        ClaimsSource::point, ClientAuthMethod::point, ClientMetadataRule::point,
        ClientSource::point, EventSink::point,        Grant::point,
        ImportFormat::point, KeyStore::point,         LoginStep::point,
        Mailer::point,       MetricsExporter::point,  HttpModule::point,
        PasswordRule::point, RequestSource::point,    ResourceRegistry::point,
        ResponseMode::point, ResponseType::point,     Storage::point,
        TokenBinding::point, TokenFormat::point,      TrustedIssuer::point,
        UserStore::point};
    return points;
}

const Point* knownPoint(std::string_view name) {
    for (const auto& point : knownPoints()) {
        if (point.name == name) {
            return &point;
        }
    }
    return nullptr;
}

}  // namespace gatehouse
