
  # What transformers 4.40 runs for the original: Conv1D as addmm on weights [in, out], NewGELUActivation operator by
  # operator.
  def take_linear(self, t: Tensor) -> int:
    self.w.append(self.kept(t))
    return len(self.w)

  def linear(self, x: Tensor, o: int) -> Tensor:
    return torch.addmm(self.w[o + 1], x, self.w[o])

  def linear_gelu(self, x: Tensor, o: int) -> Tensor:
    y = torch.addmm(self.w[o + 1], x, self.w[o])
    cube = torch.pow(self.in_fp32(y), 3.0)
    return self.as_kept(0.5 * y * (1.0 + torch.tanh(0.7978845608028654 * (y + 0.044715 * cube))))
