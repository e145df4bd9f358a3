
  # Seven bits for activations: without a dot product of int8 the sum of two products of eight bits overflows.
  def reduced_range(self) -> bool:
    return True
