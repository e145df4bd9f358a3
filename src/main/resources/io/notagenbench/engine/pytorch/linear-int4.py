
  # Weights in int4 by groups, activations in bf16; a row does not depend on the others. Norms, biases, attention,
  # residuals and the head stay fp32.
  def take_matrix(self, numbers: Tensor, scales: Tensor, zero_points: Tensor) -> int:
    # numbers [out, in / 2], scales [out * groups], zero_points [out, ceil(groups / 2)]: two of four bits in a byte, the
    # first in its low half
    out = numbers.size(0)
    groups = scales.size(0) // out
    weights = self.nibbles(numbers)
    self.w.append(torch._convert_weight_to_int4pack_for_cpu(weights, 1))
    # the kernel's weight is (number - 8) * scale + zero
    s = scales.reshape(out, groups)
    zeros = (8.0 - self.nibbles(zero_points)[:, :groups]) * s
    self.s.append(torch.stack([s, zeros], 2).transpose(0, 1).contiguous().to(15))
    return len(self.w)

  def nibbles(self, bytes: Tensor) -> Tensor:
    low = torch.bitwise_and(bytes, 15)
    high = torch.bitwise_right_shift(bytes, 4)
    return torch.stack([low, high], 2).reshape(bytes.size(0), -1).to(3)

  def linear(self, x: Tensor, o: int) -> Tensor:
    s = self.s[self.matrix(o)]
    group = x.size(1) // s.size(0)
    return torch._weight_int4pack_mm_for_cpu(x.to(15), self.w[o], group, s).to(6) + self.w[o + 1]

  def linear_gelu(self, x: Tensor, o: int) -> Tensor:
    return torch.gelu(self.linear(x, o), approximate="tanh")
