"""The loop that a person writes with PyTorch: shuffled batches, one step each, loss and accuracy kept."""

import json
import sys
import time

import torch
from torch import nn


def train(model, x, y, epochs):
    """Train with RMSprop in batches of 64, and print the seconds of each epoch as JSON."""
    data = torch.utils.data.TensorDataset(x, y)
    # Batches of indices: fetching samples one by one would take several times as long.
    sampler = torch.utils.data.BatchSampler(torch.utils.data.RandomSampler(data), 64, drop_last=False)
    loader = torch.utils.data.DataLoader(data, sampler=sampler, batch_size=None)
    optimizer = torch.optim.RMSprop(model.parameters(), lr=1e-3, alpha=0.9, eps=1e-7)
    criterion = nn.CrossEntropyLoss()
    seconds = []
    for _ in range(epochs):
        began = time.perf_counter()
        model.train()
        loss_sum, right = torch.zeros(()), torch.zeros((), dtype=torch.int64)
        for images, labels in loader:
            optimizer.zero_grad()
            logits = model(images)
            loss = criterion(logits, labels)
            loss.backward()
            optimizer.step()
            loss_sum += loss.detach() * len(images)
            right += (logits.argmax(1) == labels).sum()
        seconds.append(time.perf_counter() - began)
        print(f"loss {loss_sum.item() / len(x):.4f} accuracy {right.item() / len(x):.4f}", file=sys.stderr)
    print(json.dumps(seconds))
