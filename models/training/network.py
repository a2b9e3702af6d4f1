"""The YuNet-n layout with a mask branch on each level. Parameter names are those of `yunet_n.pth`."""

from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn

CHANNELS = 19


class Separable(nn.Module):
    """1x1 convolution, then 3x3 depthwise; BatchNorm and ReLU unless `act` is false."""

    def __init__(self, wide_in: int, wide_out: int, act: bool = True) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(wide_in, wide_out, 1)
        self.conv2 = nn.Conv2d(wide_out, wide_out, 3, padding=1, groups=wide_out)
        self.bn = nn.BatchNorm2d(wide_out) if act else None

    def forward(self, x: Tensor) -> Tensor:
        """(n, in, h, w) to (n, out, h, w)."""
        x = self.conv2(self.conv1(x))
        return x if self.bn is None else torch.relu(self.bn(x))


class Stem(nn.Module):
    """Picture to stride 2."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, stride=2, padding=1)
        self.bn1 = nn.BatchNorm2d(16)
        self.conv2 = Separable(16, 16)

    def forward(self, x: Tensor) -> Tensor:
        """(n, 3, h, w) to (n, 16, h/2, w/2)."""
        return cast("Tensor", self.conv2(torch.relu(self.bn1(self.conv1(x)))))


class Pair(nn.Module):
    """Two separable convolutions."""

    def __init__(self, wide_in: int, wide_middle: int, wide_out: int) -> None:
        super().__init__()
        self.conv1 = Separable(wide_in, wide_middle)
        self.conv2 = Separable(wide_middle, wide_out)

    def forward(self, x: Tensor) -> Tensor:
        """(n, in, h, w) to (n, out, h, w)."""
        return cast("Tensor", self.conv2(self.conv1(x)))


class Backbone(nn.Module):
    """Features at strides 8, 16 and 32."""

    def __init__(self) -> None:
        super().__init__()
        self.model0 = Stem()
        self.model1 = Pair(16, 16, 64)
        self.model2, self.model3, self.model4, self.model5 = (Pair(64, 64, 64) for _ in range(4))
        self.pool = nn.MaxPool2d(2)

    def forward(self, picture: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Three maps of 64 channels."""
        x = self.pool(self.model2(self.model1(self.pool(self.model0(picture)))))
        f8 = self.model3(x)
        f16 = self.model4(self.pool(f8))
        return f8, f16, self.model5(self.pool(f16))


class Neck(nn.Module):
    """Adds coarse features to fine ones."""

    def __init__(self) -> None:
        super().__init__()
        self.lateral_convs = nn.ModuleList(Separable(64, 64) for _ in range(3))

    def forward(self, features: tuple[Tensor, Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """From the coarsest level down."""
        f8, f16, f32 = features
        f32 = self.lateral_convs[2](f32)
        f16 = self.lateral_convs[1](f16 + nn.functional.interpolate(f32, scale_factor=2.0, mode="nearest"))
        f8 = self.lateral_convs[0](f8 + nn.functional.interpolate(f16, scale_factor=2.0, mode="nearest"))
        return f8, f16, f32


class Head(nn.Module):
    """Per cell: face, objectness, box, five points, and the new mask state."""

    def __init__(self) -> None:
        super().__init__()
        self.multi_level_share_convs = nn.ModuleList(nn.Sequential(Separable(64, 64)) for _ in range(3))
        for part, wide in (("cls", 1), ("bbox", 4), ("obj", 1), ("kps", 10)):
            setattr(self, f"multi_level_{part}", nn.ModuleList(Separable(64, wide, act=False) for _ in range(3)))
        self.multi_level_mask = nn.ModuleList(nn.Sequential(Separable(64, 64), Separable(64, 3, act=False)) for _ in range(3))

    def forward(self, features: tuple[Tensor, Tensor, Tensor]) -> list[Tensor]:
        """Logits and offsets of each level, (n, cells, 19)."""
        levels = []
        for level, feature in enumerate(features):
            shared = self.multi_level_share_convs[level](feature)
            parts = [getattr(self, f"multi_level_{part}")[level](shared) for part in ("cls", "obj", "bbox", "kps", "mask")]
            levels.append(torch.cat(parts, 1).flatten(2).transpose(1, 2))
        return levels


class FaceMaskNetwork(nn.Module):
    """BGR 0..255 (n, 3, h, w), h and w multiples of 32, to three levels (n, cells, 19) at strides 8, 16, 32."""

    def __init__(self) -> None:
        super().__init__()
        self.backbone, self.neck, self.bbox_head = Backbone(), Neck(), Head()

    def forward(self, picture: Tensor) -> list[Tensor]:
        """Channels: face, objectness, dx, dy, log w, log h, five points, mask logits absent, worn, worn_wrong."""
        return cast("list[Tensor]", self.bbox_head(self.neck(self.backbone(picture))))

    def freeze_stem(self) -> None:
        """Keep YuNet's first layers as they are: edges are edges, and they cost a fifth of a step."""
        self.backbone.model0.requires_grad_(False).eval()

    def mask_parameters(self) -> list[nn.Parameter]:
        """Those that do not come from YuNet."""
        return [p for name, p in self.named_parameters() if "multi_level_mask" in name]


def from_yunet(weights: Path) -> FaceMaskNetwork:
    """A network with every tensor of YuNet-n and a fresh mask branch; ValueError if a tensor does not fit."""
    network = FaceMaskNetwork()
    state = torch.load(weights, map_location="cpu", weights_only=True)["state_dict"]
    missing, unexpected = network.load_state_dict(state, strict=False)
    strange = [name for name in missing if "multi_level_mask" not in name]
    if strange or unexpected:
        raise ValueError(f"{weights} is not YuNet-n: missing {strange}, unexpected {list(unexpected)}")
    return network
