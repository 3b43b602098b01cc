"""The only package that imports Keras: build, objectives, feed, training, evaluation."""
