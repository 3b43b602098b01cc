"""What happens during Keras's `fit`: one small callback per concern."""
