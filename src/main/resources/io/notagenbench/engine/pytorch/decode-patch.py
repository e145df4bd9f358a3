
  # A whole patch: its ids are drawn here, each with the uniform number of its slot, until one is EOS. Returns those drawn,
  # before a given one overruled them.
  def decode_patch(self, chars: List[int], given: List[int], uniforms: List[float], top_k: int, top_p: float,
      temperature: float, s: List[Tensor]) -> List[int]:
    e = self.w[5 + 12 * self.patch_layers]
    x = s[4]
    slot = len(chars)
    if slot > 0:
      x = torch.cat([x, torch.embedding(e, torch.tensor(chars, dtype=4, device=e.device))], 0)
    start = 0
    drawn : List[int] = []
    while slot < 16:
      id = self.draw(self.char_logits(x, start, s)[-1], uniforms[slot], top_k, top_p, temperature)
      drawn.append(id)
      if given[slot] >= 0:
        id = given[slot]
      slot = slot + 1
      start = slot
      if id == 2:
        slot = 16
      x = e[id:id + 1]
    return drawn

  # The draw of a character as notagen.md, section 2, has it, in double precision. Factors that all probabilities share,
  # and the sum of 1 + 128e-12 behind each floor, cancel and are left out. Behind the ranking the numbers are few, and the
  # interpreter's are faster than tensors of them.
  def draw(self, logits: Tensor, u: float, top_k: int, top_p: float, temperature: float) -> int:
    p = torch.nan_to_num(torch.softmax(logits, 0, 7), 0.0) + 1e-12
    # ranks: probability descending, then id descending
    ranked, order = torch.sort(torch.flip(p, [0]), stable=True, dim=0, descending=True)
    k = top_k if 0 < top_k and top_k < 128 else 128
    best = annotate(List[float], ranked[:k].tolist())
    kept = annotate(List[int], (127 - order[:k]).tolist())
    sum_k = 0.0
    for q in best:
      sum_k = sum_k + q
    # the nucleus: n first ranks, the sum of their probabilities before one is above top-p
    nucleus = 0.0 < top_p and top_p < 1.0
    limit = top_p * 1.000000000128 if nucleus else inf
    n = 0
    sum_n = 0.0
    while n < k and sum_n <= limit:
      sum_n = sum_n + best[n] / sum_k + 1e-12
      n = n + 1
    kept = kept[:n]
    if nucleus:
      # a top-p next to 1 reaches characters that top-k drops: all alike, so that their ids rank them
      next = 127
      while n == k and next >= 0 and len(kept) < 128 and sum_n <= limit:
        if next not in kept:
          kept.append(next)
          best.append(0.0)
          sum_n = sum_n + 1e-12
        next = next - 1
    else:
      sum_n = 1.000000000128
    power = 1.0 / temperature
    floor = 1e-12 / sum_n + 1e-12
    other = (1e-12 if nucleus else floor) ** power
    weights = [0.0] * 128
    total = other * float(128 - len(kept))
    for i in range(len(kept)):
      weights[kept[i]] = (best[i] / sum_k / sum_n + floor) ** power
      total = total + weights[kept[i]]
    if total == 0.0:
      # a temperature next to 0 left no power: the most probable character is drawn
      weights[kept[0]] = 1.0
      total = 1.0
    # the first id whose cumulative weight is above the uniform number's share
    kept.sort()
    target = u * total
    sum = 0.0
    at = 0
    for id in kept:
      while at < id and sum + other * float(id - at) > target:
        sum = sum + other
        if sum > target:
          return at
        at = at + 1
      sum = sum + other * float(id - at) + weights[id]
      if sum > target:
        return id
      at = id + 1
    return min(127, at + int((target - sum) / other)) if other > 0.0 else 127
