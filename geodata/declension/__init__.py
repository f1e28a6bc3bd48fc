"""Case forms of Ukrainian and Russian place names, for building the gazetteer and for the names a reviewer gives."""
