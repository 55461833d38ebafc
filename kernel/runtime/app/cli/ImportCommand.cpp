// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ImportCommand.h"

#include <gatehouse/point/ImportFormat.h>

#include "app/cli/ImportFile.h"
#include "app/cli/ImportReport.h"
#include "app/cli/ImportRun.h"
#include "app/cli/Output.h"

#include <memory>

namespace gatehouse {

namespace {

Status readAll(const ImportFormat& format, ImportFile& file, ImportRun& run) {
    auto read = format.read(file.stream(), run);
    // What stands before a fault has come along all the same.
    auto written = run.finish();
    return read ? written : read;
}

int importFrom(const Arguments& arguments, const PluginDescriptor& descriptor) {
    const auto& path = arguments.positional.front();
    const bool isDry = arguments.has("dry-run");
    ImportFile file(path);
    const Offline offline(arguments, Offline::Database::begun, Offline::Also::loginSteps);
    const std::unique_ptr<Plugin> plugin(descriptor.create());
    ImportReport report;
    ImportRun run(offline, {arguments.text("store"), isDry, arguments.has("without-second-factor")},
                  report, [&file](std::size_t people) { file.progress(people); });
    const auto status = readAll(dynamic_cast<const ImportFormat&>(*plugin), file, run);
    report.print(isDry, arguments.has("json"));
    if (!isDry) {
        offline.audit(arguments, path);
    }
    if (!status) {
        fail({status.error().fault,
              status.error().isTemporary()
                  ? status.error().detail + "; once that is mended, the same command goes on"
                  : path + " " + status.error().detail});
    }
    return report.isWhole() ? ExitCode::done : ExitCode::failed;
}

}  // namespace

Command importCommand(const PluginDescriptor& format) {
    const std::string name = std::string("import ") + format.name;
    return {name,
            "FILE",
            format.summary,
            "Tells what cannot come along, and why; with --dry-run that is all it does. Whoever is "
            "here already stays as they are, so that after an interruption the same command goes "
            "on. A running server knows at once who has come. The exit code is 1 when anybody or "
            "anything stays behind.",
            {{"dry-run", "", "write nothing"},
             {"without-second-factor", "",
              "let people in with their password alone who had a second factor; otherwise they "
              "stay behind"},
             {"store", "NAME", "the user store; otherwise the first that takes people"},
             {"issuer", "URL", "which issuer, or its id; needed where there are several"}},
            "gatehouse " + name + " FILE --dry-run",
            [&format](const Arguments& arguments) { return importFrom(arguments, format); }};
}

}  // namespace gatehouse
