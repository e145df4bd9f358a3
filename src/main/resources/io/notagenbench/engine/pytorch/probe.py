# What a device gives: a vector there, w[0], its twin in main memory, w[1], where it has one, and operators on a single element.
class Probe(Module):
  __parameters__ = []
  training : bool
  w : List[Tensor]
  q : List[__torch__.torch.classes.quantized.LinearPackedParamsBase]
  s : List[Tensor]

  def create(self, elements: int, on_device: Tensor) -> int:
    self.w.append(torch.zeros([elements], dtype=6, device=on_device.device))
    return elements

  def create_twin(self) -> int:
    self.w.append(torch.zeros([self.w[0].size(0)], dtype=6))
    return self.w[1].size(0)

  def write(self, first: int, values: Tensor) -> int:
    # The caller reuses the memory of values.
    self.w[0][first:first + values.size(0)].copy_(values)
    return first

  def total(self, times: int) -> Tensor:
    # the whole of it last; each time another part, so that no sum can be left out as one that is there already
    x = self.w[0][times - 1:].sum()
    for i in range(times - 1):
      x = self.w[0][times - 2 - i:].sum() + 0 * x
    return x

  def copy(self, times: int) -> Tensor:
    half = self.w[0].size(0) // 2
    for _ in range(times):
      self.w[0][half:].copy_(self.w[0][0:half])
    return self.w[0][-1]

  def to_device(self) -> Tensor:
    self.w[0].copy_(self.w[1])
    return self.w[0][-1]

  def to_host(self) -> Tensor:
    self.w[1].copy_(self.w[0])
    return self.w[1][-1]

  def count(self, operators: int, zero: Tensor) -> Tensor:
    x = zero
    for _ in range(operators):
      x = torch.add(x, 1)
    return x
