
  # Weights [out, in] as they are: for builds of PyTorch without oneDNN.
  def pack(self, t: Tensor) -> Tensor:
    return t

  def linear(self, x: Tensor, o: int) -> Tensor:
    return torch.linear(x, self.w[o], self.w[o + 1])

  def linear_gelu(self, x: Tensor, o: int) -> Tensor:
    return torch.gelu(torch.linear(x, self.w[o], self.w[o + 1]), approximate="tanh")

  def head(self, x: Tensor, o: int) -> Tensor:
    return torch.linear(x, self.w[o])
