
  # Weights [out, in] in a format of two bytes, for kernels of cards that sum in fp32. Norms, biases, attention, residuals
  # and the head stay fp32.
  def take_linear(self, t: Tensor) -> int:
    self.w.append(self.half(t.t()).contiguous())
    return len(self.w)

  def linear(self, x: Tensor, o: int) -> Tensor:
    return torch.linear(self.half(x), self.w[o]).to(6) + self.w[o + 1]

  def linear_gelu(self, x: Tensor, o: int) -> Tensor:
    return torch.gelu(self.linear(x, o), approximate="tanh")
