
  # Keys and values are in place: [L, A, W, 64] of the patch level, [M, A, 16, 64] of the char level.
  def new_session(self, window: int) -> List[Tensor]:
    a = self.heads
    b = self.w[3]
    return [b.new_zeros([self.patch_layers, a, window, 64]), b.new_zeros([self.patch_layers, a, window, 64]),
            b.new_zeros([self.char_layers, a, 16, 64]), b.new_zeros([self.char_layers, a, 16, 64]),
            b.new_zeros([1, b.size(0)])]

  def with_past(self, k: Tensor, v: Tensor, start: int, s: List[Tensor], at: int, l: int) -> Tuple[Tensor, Tensor]:
    # k, v [A, n, 64]
    end = start + k.size(1)
    kl = s[at][l]
    vl = s[at + 1][l]
    kl[:, start:end] = k
    vl[:, start:end] = v
    return kl[:, :end], vl[:, :end]

  def mask(self, n: int, start: int, x: Tensor) -> Optional[Tensor]:
    # one row sees all, and rows from 0 on have a kernel of their own
    seen = annotate(Optional[Tensor], None)
    if n > 1 and start > 0:
      seen = torch.ones([n, start + n], dtype=11, device=x.device).tril(start)
    return seen

  def attention(self, q: Tensor, k: Tensor, v: Tensor, seen: Optional[Tensor]) -> Tensor:
    # q [1, A, n, 64] over k, v [1, A, start + n, 64]
    if seen is None:
      return torch.scaled_dot_product_attention(q, k, v, None, 0., q.size(2) > 1)
    return torch.scaled_dot_product_attention(q, k, v, seen)
