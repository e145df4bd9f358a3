
  # Pieces decoded together. Shapes: b pieces of S slots, one row of each.
  # A batch is a list as a session is, with slots: keys, values [L, S, A, W, 64], [M, S, A, 16, 64], hidden [S, H].
  def new_batch(self, slots: int, window: int) -> List[Tensor]:
    a = self.heads
    b = self.w[3]
    return [b.new_zeros([self.patch_layers, slots, a, window, 64]), b.new_zeros([self.patch_layers, slots, a, window, 64]),
            b.new_zeros([self.char_layers, slots, a, 16, 64]), b.new_zeros([self.char_layers, slots, a, 16, 64]),
            b.new_zeros([slots, b.size(0)])]

  def slot_session(self, slot: int, s: List[Tensor]) -> List[Tensor]:
    return [s[0][:, slot], s[1][:, slot], s[2][:, slot], s[3][:, slot], s[4][slot:slot + 1]]

  def prefill(self, columns: Tensor, slot: int, start: int, s: List[Tensor]) -> int:
    return self.forward_patches(columns, start, self.slot_session(slot, s)).size(0)

  def enter_prefill(self, columns: Tensor, slot: int, start: int, s: List[Tensor]) -> Tensor:
    return self.enter_patches(columns, start, self.slot_session(slot, s))

  def finish_prefill(self, x: Tensor, slot: int, start: int, s: List[Tensor]) -> int:
    return self.finish_patches(x, start, self.slot_session(slot, s)).size(0)

  def batch_blocks(self, x: Tensor, first: int, layers: int, at: Tensor, end: int, seen: Optional[Tensor],
      keys: Tensor, values: Tensor) -> Tensor:
    # x [b, H] at positions at [b], all below end; seen [b, 1, 1, end] is 0 or -inf, None where all stand at end - 1
    b = x.size(0)
    h = x.size(1)
    pieces = torch.arange(b, device=x.device)
    for l in range(layers):
      o = first + 12 * l
      y = torch.layer_norm(x, [h], self.w[o], self.w[o + 1], 1e-05)
      q, k, v = torch.chunk(self.linear(y, o + 2).reshape(b, 3 * self.heads, 64), 3, 1)
      kl = keys[l]
      vl = values[l]
      if seen is None:
        kl[:b, :, end - 1] = k
        vl[:b, :, end - 1] = v
      else:
        kl.transpose(1, 2)[pieces, at] = k
        vl.transpose(1, 2)[pieces, at] = v
      a = torch.scaled_dot_product_attention(q.unsqueeze(2), kl[:b, :, :end], vl[:b, :, :end], seen)
      x = x + self.linear(a.reshape(b, h), o + 4)
      y = torch.layer_norm(x, [h], self.w[o + 6], self.w[o + 7], 1e-05)
      x = x + self.linear(self.linear_gelu(y, o + 8), o + 10)
    return x

  def patch_blocks(self, x: Tensor, at: Tensor, end: int, even: bool, s: List[Tensor]) -> Tensor:
    # even: all at end - 1
    seen = annotate(Optional[Tensor], None)
    if not even:
      behind = torch.arange(end, device=at.device).unsqueeze(0) > at.unsqueeze(1)
      seen = x.new_zeros([x.size(0), end]).masked_fill(behind, -inf).reshape(x.size(0), 1, 1, end)
    return self.batch_blocks(x, 3, self.patch_layers, at, end, seen, s[0], s[1])

  def embed_step(self, columns: Tensor, at: Tensor) -> Tensor:
    # columns [b, 16]: one patch of each piece
    return torch.embedding(self.w[0], columns).sum([1]) + self.w[1] + torch.embedding(self.w[2], at)

  def enter_step(self, columns: Tensor, at: Tensor, end: int, even: bool, s: List[Tensor]) -> Tensor:
    return self.patch_blocks(self.embed_step(columns, at), at, end, even, s)

  def finish_step(self, x: Tensor, at: Tensor, end: int, even: bool, s: List[Tensor]) -> int:
    x = self.patch_blocks(x, at, end, even, s)
    o = 3 + 12 * self.patch_layers
    s[4][:x.size(0)].copy_(torch.layer_norm(x, [x.size(1)], self.w[o], self.w[o + 1], 1e-05))
    return x.size(0)

  def step_patches(self, columns: Tensor, at: Tensor, end: int, even: bool, s: List[Tensor]) -> int:
    return self.finish_step(self.embed_step(columns, at), at, end, even, s)

  def step_chars(self, chars: Tensor, position: int, s: List[Tensor]) -> Tensor:
    # chars [b]: the newest of each piece, not read at position 0
    o = 5 + 12 * self.patch_layers
    x = s[4][:chars.size(0)] if position == 0 else torch.embedding(self.w[o], chars)
    x = x + self.w[o + 2][position]
    x = self.batch_blocks(x, o + 3, self.char_layers, chars, position + 1, None, s[2], s[3])
    f = o + 3 + 12 * self.char_layers
    x = torch.layer_norm(x, [x.size(1)], self.w[f], self.w[f + 1], 1e-05)
    return self.head(x, o + 1)

  def move(self, level: int, source: int, target: int, s: List[Tensor]) -> int:
    for i in [2 * level, 2 * level + 1]:
      s[i][:, target].copy_(s[i][:, source])
    return target

  def cache_bytes(self, s: List[Tensor]) -> int:
    return 4 * (s[0].numel() + s[1].numel() + s[2].numel() + s[3].numel())
