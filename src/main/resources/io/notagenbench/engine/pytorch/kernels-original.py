
  # What transformers 4.40 runs for the original: Conv1D as addmm on weights [in, out], NewGELUActivation operator by
  # operator, attention by two matmuls, a mask and a softmax.
  def pack(self, t: Tensor) -> Tensor:
    return t.contiguous().clone()

  def linear(self, x: Tensor, o: int) -> Tensor:
    return torch.addmm(self.w[o + 1], x, self.w[o])

  def linear_gelu(self, x: Tensor, o: int) -> Tensor:
    y = torch.addmm(self.w[o + 1], x, self.w[o])
    return 0.5 * y * (1.0 + torch.tanh(0.7978845608028654 * (y + 0.044715 * torch.pow(y, 3.0))))

  def head(self, x: Tensor, o: int) -> Tensor:
    return torch.mm(x, self.w[o])

  def attention(self, q: Tensor, k: Tensor, v: Tensor, start: int) -> Tensor:
    # q [1, A, n, 64] over k, v [1, A, start + n, 64]
    n = q.size(2)
    scores = torch.matmul(q, k.transpose(2, 3)) / 8.0
    seen = torch.ones([n, start + n], dtype=11, device=q.device).tril(start)
    scores = scores.masked_fill(torch.logical_not(seen), -3.4028234663852886e+38)
    return torch.matmul(torch.softmax(scores, -1), v)
