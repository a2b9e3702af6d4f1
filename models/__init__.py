"""Networks the gate sees with: weights, their manifest and cards, and the code that trains and judges them."""
