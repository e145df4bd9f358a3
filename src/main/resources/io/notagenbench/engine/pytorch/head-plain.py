
  def pack_head(self, t: Tensor) -> Tensor:
    return self.kept(t)

  def head(self, x: Tensor, o: int) -> Tensor:
    return self.in_fp32(torch.linear(x, self.w[o]))
