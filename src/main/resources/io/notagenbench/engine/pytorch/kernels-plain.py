
  # Weights [out, in] as they are: for builds of PyTorch without oneDNN.
  def pack(self, t: Tensor) -> Tensor:
    return t.t().contiguous()

  def linear(self, x: Tensor, o: int) -> Tensor:
    return torch.linear(x, self.w[o], self.w[o + 1])

  def linear_gelu(self, x: Tensor, o: int) -> Tensor:
    return torch.gelu(torch.linear(x, self.w[o], self.w[o + 1]), approximate="tanh")

  def head(self, x: Tensor, o: int) -> Tensor:
    return torch.linear(x, self.w[o])

  def attention(self, q: Tensor, k: Tensor, v: Tensor, start: int) -> Tensor:
    # q [1, A, n, 64] over k, v [1, A, start + n, 64]
    n = q.size(2)
    if n == 1:
      return torch.scaled_dot_product_attention(q, k, v)
    if start == 0:
      return torch.scaled_dot_product_attention(q, k, v, None, 0., True)
    seen = torch.ones([n, start + n], dtype=11, device=q.device).tril(start)
    return torch.scaled_dot_product_attention(q, k, v, seen)
