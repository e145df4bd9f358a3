
  # Weights [out, in] packed for oneDNN: the fastest fp32 kernel of PyTorch on x86, for one row and for many.
  def take_linear(self, t: Tensor) -> int:
    self.w.append(ops.mkldnn._reorder_linear_weight(t.t().contiguous()))
    return len(self.w)

  def linear(self, x: Tensor, o: int) -> Tensor:
    return ops.mkldnn._linear_pointwise(x, self.w[o], self.w[o + 1], "none", annotate(List[Optional[number]], []), "")

  def linear_gelu(self, x: Tensor, o: int) -> Tensor:
    return ops.mkldnn._linear_pointwise(x, self.w[o], self.w[o + 1], "gelu", annotate(List[Optional[number]], []), "tanh")
