"""The loop around steps 2 to 7: check everything, then make the products that may be printed."""
