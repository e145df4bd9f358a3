
  def attention(self, q: Tensor, k: Tensor, v: Tensor, start: int) -> Tensor:
    # q [1, A, n, 64] over k, v [1, A, start + n, 64]
    n = q.size(2)
    if n == 1:
      return torch.scaled_dot_product_attention(q, k, v)
    if start == 0:
      return torch.scaled_dot_product_attention(q, k, v, None, 0., True)
    seen = torch.ones([n, start + n], dtype=11, device=q.device).tril(start)
    return torch.scaled_dot_product_attention(q, k, v, seen)
