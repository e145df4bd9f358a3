
  # Weights in int8, symmetric with one scale for each output; activations are quantised as they come, with one scale for
  # all rows of a call. Norms, biases, attention, residuals and the head stay fp32.
  def take_matrix(self, numbers: Tensor, scales: Tensor, zero_points: Tensor) -> int:
    # numbers [out, in] around 128, scales [out]
    signed = (numbers.to(2) - 128).to(1)
    zeros = torch.zeros([signed.size(0)], dtype=4)
    weight = torch._make_per_channel_quantized_tensor(signed, scales, zeros, 0)
    self.q.append(ops.quantized.linear_prepack(weight, None))
    self.w.append(torch.zeros([0]))
    return len(self.w)

  def linear(self, x: Tensor, o: int) -> Tensor:
    return ops.quantized.linear_dynamic(x, self.q[self.matrix(o)], self.reduced_range()) + self.w[o + 1]

  def linear_gelu(self, x: Tensor, o: int) -> Tensor:
    return torch.gelu(self.linear(x, o), approximate="tanh")
