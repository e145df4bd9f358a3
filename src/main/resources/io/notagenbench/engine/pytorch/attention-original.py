
  # What transformers 4.40 runs for the original: two matmuls, a mask and a softmax. The mask is made once a pass, where the
  # original has it ready. Keys and values of a pass are kept as they are, not copied; a pass behind others appends its own.
  def new_session(self, window: int) -> List[Tensor]:
    none = self.w[3].new_zeros([0])
    s = [none, none, none, none, self.w[3].new_zeros([1, self.w[3].size(0)])]
    for _ in range(2 * (self.patch_layers + self.char_layers)):
      s.append(none)
    return s

  def with_past(self, k: Tensor, v: Tensor, start: int, s: List[Tensor], at: int, l: int) -> Tuple[Tensor, Tensor]:
    # k, v [A, n, 64]
    i = 5 + at * self.patch_layers + 2 * l
    if start > 0:
      k = torch.cat([s[i][:, :start], k], 1)
      v = torch.cat([s[i + 1][:, :start], v], 1)
    s[i] = k
    s[i + 1] = v
    return k, v

  def mask(self, n: int, start: int, x: Tensor) -> Tensor:
    return torch.logical_not(torch.ones([n, start + n], dtype=11, device=x.device).tril(start))

  def attention(self, q: Tensor, k: Tensor, v: Tensor, hidden: Tensor) -> Tensor:
    # q [1, A, n, 64] over k, v [1, A, start + n, 64]
    scores = torch.matmul(q, k.transpose(2, 3)) / 8.0
    least = -65504.0 if scores.dtype == 5 else -3.4028234663852886e+38
    return torch.matmul(torch.softmax(scores.masked_fill_(hidden, least), -1), v)
