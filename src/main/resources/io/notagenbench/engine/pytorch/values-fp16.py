
  # All weights, activations, keys and values are fp16, as in the original's web page and notebook: model.to(float16). As
  # their autocast has it, powers are computed in fp32; the norms' and softmax' kernels sum in fp32 by themselves.
  def kept(self, t: Tensor) -> Tensor:
    return t.to(5)

  def in_fp32(self, x: Tensor) -> Tensor:
    return x.to(6)

  def as_kept(self, x: Tensor) -> Tensor:
    return x.to(5)
