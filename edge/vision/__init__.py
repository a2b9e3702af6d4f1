"""What the gate sees: sources, detector, tracker, registration, thermometry."""

import os
from typing import Final

TELEMETRY_OFF: Final = "ORT_DISABLE_TELEMETRY"
"""onnxruntime 1.29 and later tells its maker over the network what it runs, and keeps an identifier of the machine on the
disk, unless this is set before it is loaded (microsoft/onnxruntime#27379). A gate tells nobody but its own cloud."""

os.environ[TELEMETRY_OFF] = "1"
