"""What the mutations that move a program along its way share: the words for a move that cannot be."""

NOT_FROM_HERE = "Where the program stands does not allow this."
