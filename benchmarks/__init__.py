"""`make bench`: how fast and how large the gate and the cloud are on this machine, beside what they should hold."""

import edge.vision  # noqa: F401  (first: onnxruntime decides when it is loaded whether it tells its maker what it runs)
