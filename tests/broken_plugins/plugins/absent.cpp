// SPDX-License-Identifier: Apache-2.0

/// Linked against, and not to be found when the plugin is opened.
extern "C" __attribute__((visibility("default"))) int gatehouse_absent() {
    return 0;
}
