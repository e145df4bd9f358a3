
  # Weights in int8, symmetric with one scale for each output; activations are quantised as they come, with one scale for
  # all rows of a call. Norms, biases, attention, residuals and the head stay fp32.
  def take_linear(self, t: Tensor) -> Tensor:
    t = t.t().contiguous()
    scales = torch.clamp(t.abs().amax([1]) / 127.0, 1e-12)
    zeros = torch.zeros([t.size(0)], dtype=4)
    self.q.append(ops.quantized.linear_prepack(torch.quantize_per_channel(t, scales, zeros, 0, 12), None))
    return torch.zeros([0])

  def packed(self, o: int) -> int:
    # Four linear layers a block, at 2, 4, 8 and 10 of its twelve tensors; five tensors lie between the two levels.
    p = o - 3
    if p >= 12 * self.patch_layers:
      p = p - 5
    k = p % 12
    return 4 * (p // 12) + (k // 2 - 1 if k < 6 else k // 2 - 2)

  def linear(self, x: Tensor, o: int) -> Tensor:
    return ops.quantized.linear_dynamic(x, self.q[self.packed(o)], False) + self.w[o + 1]

  def linear_gelu(self, x: Tensor, o: int) -> Tensor:
    return torch.gelu(self.linear(x, o), approximate="tanh")
