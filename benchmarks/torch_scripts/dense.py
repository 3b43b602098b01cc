"""The small dense network as a person writes it with PyTorch."""

import sys

import numpy as np
import torch
from torch import nn
from training import train

with np.load(sys.argv[1]) as arrays:
    x = torch.from_numpy(arrays["images"].reshape(-1, 784)).float() / 255
    y = torch.from_numpy(arrays["labels"]).long()
model = nn.Sequential(nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
train(model, x, y, int(sys.argv[2]))
