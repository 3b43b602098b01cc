"""The input pipeline: samples to batches, their order, augmentation, class weights."""
