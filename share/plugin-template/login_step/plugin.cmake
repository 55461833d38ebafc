# What CMakeLists.txt has to know of this plugin: its full name, a line about it, and more for gatehouse_plugin().
set(plugin login_step.acme)
set(summary "A login step of Acme's")
set(more PAGES pages)
