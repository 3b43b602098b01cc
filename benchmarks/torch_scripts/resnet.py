"""The toy ResNet as a person writes it with PyTorch."""

import sys

import numpy as np
import torch
from torch import nn
from training import train


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolutions = nn.Sequential(
            nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(), nn.Conv2d(64, 64, 3, padding=1), nn.ReLU()
        )

    def forward(self, x):
        return self.convolutions(x) + x


with np.load(sys.argv[1]) as arrays:
    x = torch.from_numpy(arrays["images"]).permute(0, 3, 1, 2).float() / 255
    y = torch.from_numpy(arrays["labels"]).long()
model = nn.Sequential(
    *(nn.Conv2d(3, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(3)),
    *(Residual(), Residual(), nn.Conv2d(64, 64, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten()),
    *(nn.Linear(64, 256), nn.ReLU(), nn.Dropout(0.5), nn.Linear(256, 10)),
)
train(
    model.to(memory_format=torch.channels_last),
    x.contiguous(memory_format=torch.channels_last),
    y,
    int(sys.argv[2]),
)
