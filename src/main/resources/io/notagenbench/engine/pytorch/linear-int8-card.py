
  # Weights in int8, symmetric with one scale for each output; activations are quantised as they come, each row with a scale
  # of its own, so that a row does not depend on the others. The kernel takes more than 16 rows: zeros fill up. Norms, biases,
  # attention, residuals and the head stay fp32.
  def take_matrix(self, numbers: Tensor, scales: Tensor, zero_points: Tensor) -> int:
    # numbers [out, in] around 128, scales [out]
    self.w.append((numbers.to(2) - 128).to(1))
    self.s.append(scales.clone())
    return len(self.w)

  def linear(self, x: Tensor, o: int) -> Tensor:
    n = x.size(0)
    scale = torch.clamp_min(x.abs().amax([1], True), 1e-30) / 127.0
    rows = torch.constant_pad_nd(torch.round(x / scale).to(1), [0, 0, 0, max(32 - n, 0)], 0)
    y = torch._int_mm(rows, self.w[o].t())[:n].to(6)
    return y * scale * self.s[self.matrix(o)] + self.w[o + 1]

  def linear_gelu(self, x: Tensor, o: int) -> Tensor:
    return torch.gelu(self.linear(x, o), approximate="tanh")
