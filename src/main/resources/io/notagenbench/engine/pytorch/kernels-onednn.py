
  # Weights [out, in] packed for oneDNN: the fastest fp32 kernel of PyTorch on x86, for one row and for many.
  def pack(self, t: Tensor) -> Tensor:
    return ops.mkldnn._reorder_linear_weight(t.t().contiguous())

  def linear(self, x: Tensor, o: int) -> Tensor:
    return ops.mkldnn._linear_pointwise(x, self.w[o], self.w[o + 1], "none", annotate(List[Optional[number]], []), "")

  def linear_gelu(self, x: Tensor, o: int) -> Tensor:
    return ops.mkldnn._linear_pointwise(x, self.w[o], self.w[o + 1], "gelu", annotate(List[Optional[number]], []), "tanh")

  def head(self, x: Tensor, o: int) -> Tensor:
    return ops.mkldnn._linear_pointwise(x, self.w[o], None, "none", annotate(List[Optional[number]], []), "")

  def attention(self, q: Tensor, k: Tensor, v: Tensor, start: int) -> Tensor:
    # q [1, A, n, 64] over k, v [1, A, start + n, 64]
    n = q.size(2)
    if n == 1:
      return torch.scaled_dot_product_attention(q, k, v)
    if start == 0:
      return torch.scaled_dot_product_attention(q, k, v, None, 0., True)
    seen = torch.ones([n, start + n], dtype=11, device=q.device).tril(start)
    return torch.scaled_dot_product_attention(q, k, v, seen)
