
  # Weights [out, in] in bf16 packed for oneDNN, which sums in fp32; a row does not depend on the others. Norms,
  # attention, residuals and the head stay fp32.
  def take_linear(self, t: Tensor) -> int:
    self.w.append(ops.mkldnn._reorder_linear_weight(t.t().to(15).contiguous()))
    return len(self.w)

  def linear(self, x: Tensor, o: int) -> Tensor:
    y = ops.mkldnn._linear_pointwise(x.to(15), self.w[o], None, "none", annotate(List[Optional[number]], []), "")
    return y.to(6) + self.w[o + 1]

  def linear_gelu(self, x: Tensor, o: int) -> Tensor:
    return torch.gelu(self.linear(x, o), approximate="tanh")
