// SPDX-License-Identifier: Apache-2.0
#include "page/PageRenderer.h"

#include "page/ContentPolicy.h"
#include "page/TemplateCheck.h"
#include "page/TextCheck.h"
#include "text/BrandColor.h"
#include "text/Contains.h"
#include "web/Answer.h"

#include <array>

namespace gatehouse {

namespace {

std::string joinLines(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) {
        text += (text.empty() ? "" : "\n") + line;
    }
    return text;
}

/// Of a page: it asks no program for credentials.
int statusOf(const OAuthError& error) {
    constexpr int unauthorized = 401;
    const int status = error.httpStatus();
    return status == unauthorized ? 400 : status;
}

/// Each once.
std::vector<std::string> originsOf(const std::vector<std::string>& urls) {
    std::vector<std::string> origins;
    for (const auto& url : urls) {
        auto origin = originOf(url);
        if (!origin.empty() && !contains(origins, origin)) {
            origins.push_back(std::move(origin));
        }
    }
    return origins;
}

std::string hostOf(std::string_view url) {
    const auto begin = url.find("://");
    const auto rest = begin == std::string_view::npos ? url : url.substr(begin + 3);
    return std::string(rest.substr(0, rest.find('/')));
}

}  // namespace

Result<std::unique_ptr<PageRenderer>> PageRenderer::load(const PageFolders& folders,
                                                         std::string defaultLanguage,
                                                         const Branding& branding) {
    auto files = PageFiles::read(folders);
    if (files.pages.empty() || files.texts.empty()) {  // the wrong folder: the rest would follow
        return Error::badInput(joinLines(files.problems));
    }
    auto brand = brandValues(branding);
    if (!brand) {
        files.problems.push_back(brand.error().detail);
    }
    if (const auto color = BrandColor::parse(branding.color)) {
        files.style.text += brandStyle(*color);
    }
    auto texts = Texts::load(files.texts, std::move(defaultLanguage), files.problems);
    NameList values;
    addTemplateValues(files, values);
    addTextValues(files.texts, values);
    checkTexts(files.texts, values, files.problems);
    checkTemplates(files, texts, values, files.problems);
    std::unique_ptr<PageRenderer> renderer(new PageRenderer(std::move(texts)));
    auto problems = std::move(files.problems);
    if (problems.empty()) {
        renderer->compile(std::move(files), problems);
    }
    if (!problems.empty()) {
        return Error::badInput(joinLines(problems));
    }
    renderer->brand_ = *std::move(brand);
    return renderer;
}

void PageRenderer::compile(PageFiles files, std::vector<std::string>& problems) {
    styleSource_ = contentSource(files.style.text);
    for (const auto& language : texts_.languages()) {
        for (const auto& [name, file] : files.pages) {
            const PageTemplate checked(name, files, texts_, language, problems);
            templates_[std::string(language).append("/").append(name)];
        }
        for (const auto& [name, file] : files.mails) {
            mails_[std::string(language).append("/").append(name)] =
                std::make_unique<MailTemplate>(file, texts_, language, problems);
        }
    }
    files.texts.clear();  // texts_ has them
    files_ = std::move(files);
}

const PageTemplate* PageRenderer::find(const std::string& language, const std::string& name) const {
    const auto found = templates_.find(std::string(language).append("/").append(name));
    if (found == templates_.end()) {
        return nullptr;
    }
    auto& [once, page] = found->second;
    std::call_once(once, [&, &page = page] {
        std::vector<std::string> none;  // compile() has told them
        page = std::make_unique<PageTemplate>(name, files_, texts_, language, none);
    });
    return page.get();
}

BrowserAnswer PageRenderer::error(std::string_view language, const OAuthError& error) {
    PageView page;
    page.name = "error";
    page.language = language;
    const OAuthError told = tellable(error);
    page.values = {{"error", told.code}, {"description", told.description}};
    auto answer = BrowserAnswer::show(std::move(page), statusOf(told));
    answer.retryAfter = told.retryAfter;
    return answer;
}

BrowserAnswer PageRenderer::message(std::string_view language, std::string_view key, int status,
                                    const ValueMap& values) const {
    const std::string name = "message." + std::string(key);
    PageView page;
    page.name = "message";
    page.language = language;
    page.values = {{"heading", text(language, name + ".heading", values)},
                   {"message", text(language, name, values)},
                   {"is_error", status >= 400}};
    return BrowserAnswer::show(std::move(page), status);
}

HttpResponse PageRenderer::respond(const Context& context, const BrowserAnswer& answer) const {
    HttpResponse response;
    response.set("Cache-Control", "no-store");
    response.set("Referrer-Policy", "no-referrer");
    for (const auto& cookie : answer.cookies) {
        response.set(cookie);
    }
    if (answer.retryAfter.count() > 0) {
        response.set("Retry-After", std::to_string(answer.retryAfter.count()));
    }
    if (!answer.location.empty() && answer.page.name.empty()) {
        response.status = 303;
        response.set("Location", answer.location);
        return response;
    }
    if (!answer.location.empty()) {
        response.set("Refresh", "0;url=" + answer.location);
    }
    response.status = answer.status;
    show(context, answer.page, response);
    return response;
}

/// A colour of before its rule is not taken on trust.
ValueMap PageRenderer::brandOf(const PageView& page) const {
    ValueMap brand = brand_;
    if (!page.brand.name.empty()) {
        brand.set("name", page.brand.name);
    }
    const auto color = BrandColor::parse(page.brand.color);
    if (color && brandColorProblem(page.brand.color).empty()) {
        brand.set("style", brandStyle(*color));
    }
    return brand;
}

void PageRenderer::show(const Context& context, const PageView& page,
                        HttpResponse& response) const {
    const auto* found = find(page.language, page.name);
    if (found == nullptr) {
        const auto& language = texts_.choose(page.language, {});
        const auto fault =
            error(language, OAuthError::from(Error::internal("no page " + page.name)));
        response.status = fault.status;
        show(context, fault.page, response);
        return;
    }
    const ValueMap common{{"issuer_host", hostOf(context.issuer.url)},
                          {"request_id", context.requestId},
                          {"base", context.issuer.path},
                          {"brand", brandOf(page)}};
    const auto style = common.find("brand")->map()->text("style");
    const ContentPolicy policy{
        style.empty() ? styleSource_ : styleSource_ + " " + contentSource(style),
        found->scriptSources(), originOf(page.logo), !page.postsTo.empty(), originsOf(page.frames)};
    response.set("Content-Type", "text/html; charset=utf-8");
    response.set("Content-Security-Policy", policy.text());
    response.set("X-Frame-Options", "DENY");
    response.set("X-Content-Type-Options", "nosniff");
    response.body = found->render(page.values, common);
}

std::optional<PageRenderer::MailText> PageRenderer::mail(const Context& context,
                                                         std::string_view language,
                                                         std::string_view name,
                                                         const ValueMap& values) const {
    const auto found = mails_.find(std::string(language).append("/").append(name));
    if (found == mails_.end()) {
        return std::nullopt;
    }
    const auto subject = std::string("mail.").append(name).append(".subject");
    return MailText{onOneLine(text(language, subject, values)),
                    found->second->render(values, {{"issuer_host", hostOf(context.issuer.url)}})};
}

/// What the text for all others is called is no scope that it knows.
std::string PageRenderer::scope(std::string_view language, std::string_view scope) const {
    const auto known =
        scope == "other" ? std::string{} : text(language, "scope." + std::string(scope));
    return known.empty() ? text(language, "scope.other", {{"scope", scope}}) : known;
}

}  // namespace gatehouse
