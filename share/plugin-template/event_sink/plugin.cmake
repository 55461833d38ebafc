# What CMakeLists.txt has to know of this plugin: its full name, a line about it, and more for gatehouse_plugin().
set(plugin event_sink.acme)
set(summary "Audit events in a file of Acme's")
set(more)
