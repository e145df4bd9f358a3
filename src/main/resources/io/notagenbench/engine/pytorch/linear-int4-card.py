
  # Weights in int4 by groups, activations in bf16; a row does not depend on the others. Norms, biases, attention,
  # residuals and the head stay fp32.
  def take_matrix(self, numbers: Tensor, scales: Tensor, zero_points: Tensor) -> int:
    # numbers [out, in / 2], scales [out * groups], zero_points [out, ceil(groups / 2)]: two of four bits in a byte, the
    # first in its low half; the kernel has the first in the high one
    out = numbers.size(0)
    groups = scales.size(0) // out
    first = torch.bitwise_left_shift(torch.bitwise_and(numbers, 15), 4)
    swapped = torch.bitwise_or(first, torch.bitwise_right_shift(numbers, 4))
    # as many tiles of 16 inputs side by side as they come out even
    tiles = 8 if numbers.size(1) % 64 == 0 else 4
    self.w.append(torch._convert_weight_to_int4pack(swapped, tiles))
    # the kernel's weight is (number - 8) * scale + zero
    s = scales.reshape(out, groups)
    low = torch.bitwise_and(zero_points, 15)
    high = torch.bitwise_right_shift(zero_points, 4)
    points = torch.stack([low, high], 2).reshape(out, -1)[:, :groups].to(6)
    self.s.append(torch.stack([s, (8.0 - points) * s], 2).transpose(0, 1).contiguous().to(15))
    return len(self.w)

  def linear(self, x: Tensor, o: int) -> Tensor:
    s = self.s[self.matrix(o)]
    group = x.size(1) // s.size(0)
    return torch._weight_int4pack_mm(x.to(15), self.w[o], group, s).to(6) + self.w[o + 1]

  def linear_gelu(self, x: Tensor, o: int) -> Tensor:
    return torch.gelu(self.linear(x, o), approximate="tanh")
