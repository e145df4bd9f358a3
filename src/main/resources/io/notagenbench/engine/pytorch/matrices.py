
  def matrix(self, o: int) -> int:
    # Four linear layers a block, at 2, 4, 8 and 10 of its twelve tensors; five tensors lie between the two levels.
    p = o - 3
    if p >= 12 * self.patch_layers:
      p = p - 5
    k = p % 12
    return 4 * (p // 12) + (k // 2 - 1 if k < 6 else k // 2 - 2)
