# Both levels of NotaGen for TorchScript. Shapes: n positions, H hidden, A heads of 64, L layers, W window.
# self.w holds the tensors in the order of TensorSpec.all, prepared by `take`; a block has twelve of them.
# self.q and self.s hold what linear layers with quantised weights have besides, in the same order.
# Where devices share the layers of a model, each runs this script on its part: patch_layers are those it has, and the part
# that begins the pass hands hidden states over to the one that ends it. The other one skips what it does not hold.
# A session is a list: patch keys, patch values [L, A, W, 64], char keys, char values [M, A, 16, 64], hidden [1, H].
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
      self.w.append(t.clone())
    elif kind == 1:
      self.w.append(t.t().contiguous())
    else:
      self.w.append(t.clone())
      self.w.append(self.pack_head(t))
    return len(self.w)

  def skip_embedding(self) -> int:
    for i in range(3):
      self.w.append(torch.zeros([0]))
    return len(self.w)

  def new_session(self, window: int) -> List[Tensor]:
    a = self.heads
    b = self.w[3]
    return [b.new_zeros([self.patch_layers, a, window, 64]), b.new_zeros([self.patch_layers, a, window, 64]),
            b.new_zeros([self.char_layers, a, 16, 64]), b.new_zeros([self.char_layers, a, 16, 64]),
            b.new_zeros([1, b.size(0)])]

  def blocks(self, x: Tensor, first: int, layers: int, start: int, keys: Tensor, values: Tensor) -> Tensor:
    # x [n, H] at positions start to start + n - 1; keys and values below start are there
    n = x.size(0)
    h = x.size(1)
    end = start + n
    for l in range(layers):
      o = first + 12 * l
      y = torch.layer_norm(x, [h], self.w[o], self.w[o + 1], 1e-05)
      q, k, v = torch.chunk(self.linear(y, o + 2).reshape(n, 3 * self.heads, 64).transpose(0, 1), 3, 0)
      kl = keys[l]
      vl = values[l]
      kl[:, start:end] = k
      vl[:, start:end] = v
      a = self.attention(q.unsqueeze(0), kl[:, :end].unsqueeze(0), vl[:, :end].unsqueeze(0), start)
      x = x + self.linear(a.squeeze(0).transpose(0, 1).reshape(n, h), o + 4)
      y = torch.layer_norm(x, [h], self.w[o + 6], self.w[o + 7], 1e-05)
      x = x + self.linear(self.linear_gelu(y, o + 8), o + 10)
    return x

  def embed_patches(self, columns: Tensor, start: int) -> Tensor:
    # columns [n, 16]: of the embedding table, one for each character
    return torch.embedding(self.w[0], columns).sum([1]) + self.w[1] + self.w[2][start:start + columns.size(0)]

  def enter_patches(self, columns: Tensor, start: int, s: List[Tensor]) -> Tensor:
    return self.blocks(self.embed_patches(columns, start), 3, self.patch_layers, start, s[0], s[1])

  def finish_patches(self, x: Tensor, start: int, s: List[Tensor]) -> Tensor:
    # the layers here and the final norm; returns all hidden states [n, H]
    x = self.blocks(x, 3, self.patch_layers, start, s[0], s[1])
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
    x = self.blocks(x, o + 3, self.char_layers, start, s[2], s[3])
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
    return s[4]

  def linear_layers(self, x: Tensor) -> Tensor:
    # x [n, H] through the linear layers of the patch level alone; q + k + v stands for attention
    for l in range(self.patch_layers):
      o = 3 + 12 * l
      q, k, v = torch.chunk(self.linear(x, o + 2), 3, 1)
      x = x + self.linear(q + k + v, o + 4)
      x = x + self.linear(self.linear(x, o + 8), o + 10)
    return x
