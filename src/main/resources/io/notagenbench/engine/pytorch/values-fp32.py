
  # Embeddings, norms, activations, keys and values are fp32.
  def kept(self, t: Tensor) -> Tensor:
    return t.clone()

  def in_fp32(self, x: Tensor) -> Tensor:
    return x

  def as_kept(self, x: Tensor) -> Tensor:
    return x
