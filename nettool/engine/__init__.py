"""The only package that imports Keras: a graph becomes a model that is trained and measured."""
