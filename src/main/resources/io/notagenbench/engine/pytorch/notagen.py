# Both levels of NotaGen for TorchScript. Shapes: n positions, H hidden, A heads of 64, L layers, W window.
# self.w holds the tensors in the order of TensorSpec.all, prepared by `take`; a block has twelve of them.
# self.q and self.s hold what linear layers with quantised weights have besides, in the same order.
# Where devices share the layers of a model, each runs this script on its part: patch_layers are those it has, and the part
# that begins the pass hands hidden states over to the one that ends it. The other one skips what it does not hold.
# A session is a list: patch keys, patch values, char keys, char values, hidden [1, H], and what attention has besides.
class NotaGen(Module):
  __parameters__ = []
  training : bool
  heads : int
  patch_layers : int
  char_layers : int
  w : List[Tensor]
  q : List[__torch__.torch.classes.quantized.LinearPackedParamsBase]
  s : List[Tensor]

  def take(self, t: Tensor, kind: int) -> int:
    # The caller reuses the memory of t: every branch copies.
    if kind == 0:
      self.w.append(self.kept(t))
    elif kind == 1:
      self.w.append(self.kept(t.t()).contiguous())
    else:
      self.w.append(self.kept(t))
      self.w.append(self.pack_head(t))
    return len(self.w)

  def skip_embedding(self) -> int:
    for i in range(3):
      self.w.append(torch.zeros([0]))
    return len(self.w)

  def blocks(self, x: Tensor, first: int, layers: int, start: int, s: List[Tensor], at: int) -> Tensor:
    # x [n, H] at positions start to start + n - 1; keys and values below start are in s, those of the patch level at 0, of
    # the char level at 2
    n = x.size(0)
    h = x.size(1)
    seen = self.mask(n, start, x)
    for l in range(layers):
      o = first + 12 * l
      y = torch.layer_norm(x, [h], self.w[o], self.w[o + 1], 1e-05)
      q, k, v = torch.chunk(self.linear(y, o + 2).reshape(n, 3 * self.heads, 64).transpose(0, 1), 3, 0)
      k, v = self.with_past(k, v, start, s, at, l)
      a = self.attention(q.unsqueeze(0), k.unsqueeze(0), v.unsqueeze(0), seen)
      x = x + self.linear(a.squeeze(0).transpose(0, 1).reshape(n, h), o + 4)
      y = torch.layer_norm(x, [h], self.w[o + 6], self.w[o + 7], 1e-05)
      x = x + self.linear(self.linear_gelu(y, o + 8), o + 10)
    return x

  def embed_patches(self, columns: Tensor, start: int) -> Tensor:
    # columns [n, 16]: of the embedding table, one for each character
    return torch.embedding(self.w[0], columns).sum([1]) + self.w[1] + self.w[2][start:start + columns.size(0)]

  def enter_patches(self, columns: Tensor, start: int, s: List[Tensor]) -> Tensor:
    return self.blocks(self.embed_patches(columns, start), 3, self.patch_layers, start, s, 0)

  def finish_patches(self, x: Tensor, start: int, s: List[Tensor]) -> Tensor:
    # the layers here and the final norm; returns all hidden states [n, H]
    x = self.blocks(x, 3, self.patch_layers, start, s, 0)
    o = 3 + 12 * self.patch_layers
    x = torch.layer_norm(x, [x.size(1)], self.w[o], self.w[o + 1], 1e-05)
    s[4].copy_(x[x.size(0) - 1:])
    return x

  def forward_patches(self, columns: Tensor, start: int, s: List[Tensor]) -> Tensor:
    return self.finish_patches(self.embed_patches(columns, start), start, s)

  def take_over(self, x: Tensor) -> Tensor:
    # a copy on the device of this part, also where x is there already
    return x.to(self.w[3].device, x.dtype, False, True)

  def wait(self, x: Tensor) -> float:
    # what reaches the host has been computed, and all before it on its device
    return float(x[0, 0])

  def start_from(self, rows: Tensor, row: int, s: List[Tensor]) -> int:
    s[4].copy_(rows[row:row + 1])
    return row

  def char_logits(self, x: Tensor, start: int, s: List[Tensor]) -> Tensor:
    o = 5 + 12 * self.patch_layers
    x = x + self.w[o + 2][start:start + x.size(0)]
    x = self.blocks(x, o + 3, self.char_layers, start, s, 2)
    f = o + 3 + 12 * self.char_layers
    x = torch.layer_norm(x, [x.size(1)], self.w[f], self.w[f + 1], 1e-05)
    return self.head(x, o + 1)

  def first_char(self, s: List[Tensor]) -> Tensor:
    return self.char_logits(s[4], 0, s)

  def next_char(self, char: int, start: int, s: List[Tensor]) -> Tensor:
    e = self.w[5 + 12 * self.patch_layers]
    return self.char_logits(e[char:char + 1], start, s)

  def forward_chars(self, chars: Tensor, start: int, s: List[Tensor]) -> Tensor:
    x = torch.embedding(self.w[5 + 12 * self.patch_layers], chars)
    if start == 0:
      x = torch.cat([s[4], x], 0)
    return self.char_logits(x, start, s)

  def hidden(self, s: List[Tensor]) -> Tensor:
    return self.in_fp32(s[4])

  def linear_layers(self, x: Tensor) -> Tensor:
    # x [n, H] through the linear layers of the patch level alone; q + k + v stands for attention
    for l in range(self.patch_layers):
      o = 3 + 12 * l
      q, k, v = torch.chunk(self.linear(x, o + 2), 3, 1)
      x = x + self.linear(q + k + v, o + 4)
      x = x + self.linear(self.linear(x, o + 8), o + 10)
    return x
