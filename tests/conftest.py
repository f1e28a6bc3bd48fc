"""What holds for every test: nothing of this user's own data is read or written, and no geocoder is configured."""

import os
import signal
import tempfile

for _name in [name for name in os.environ if name.startswith("DATELINE_GEO")]:
    del os.environ[_name]
# kept until the process ends; subprocesses inherit it
_folder = tempfile.TemporaryDirectory(prefix="dateline-tests-")
os.environ["DATELINE_DATA"] = _folder.name

# a shell without job control starts background commands with Ctrl-C ignored, and what is ignored is inherited
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
