
  # A whole patch without a word between host and device until its last id is drawn: the host only asks for the steps, and
  # waits once. So it cannot know of an EOS: all slots are drawn, and what follows one is left out. Uniform numbers and given
  # ids go along with the calls.
  def decode_patch(self, chars: List[int], given: List[int], uniforms: List[float], top_k: int, top_p: float,
      temperature: float, s: List[Tensor]) -> List[int]:
    e = self.w[5 + 12 * self.patch_layers]
    rows = [s[4]]
    for char in chars:
      rows.append(e[char:char + 1])
    x = torch.cat(rows, 0)
    first = len(chars)
    slot = first
    start = 0
    # what keeps the most probable character where a temperature next to 0 leaves no power
    least = torch.constant_pad_nd(torch.full([1], 5e-324, dtype=7, device=e.device), [0, 127], 0.0)
    ids : List[Tensor] = []
    while slot < 16:
      id = self.draw(self.char_logits(x, start, s)[-1], uniforms[slot], top_k, top_p, temperature, least)
      ids.append(id)
      char = given[slot]
      x = torch.embedding(e, id) if char < 0 else e[char:char + 1]
      slot = slot + 1
      start = slot
      if char == 2:
        slot = 16
    return self.until_end(annotate(List[int], torch.cat(ids, 0).tolist()), given, first)

  def until_end(self, drawn: List[int], given: List[int], first: int) -> List[int]:
    # those up to the first that is decided as EOS
    end = 0
    for i in range(len(drawn)):
      if end == 0:
        char = given[first + i]
        if (drawn[i] if char < 0 else char) == 2:
          end = i + 1
    return drawn[:end] if end > 0 else drawn

  # The draw of a character as notagen.md, section 2, has it, in double precision, of operators alone: [1], an id. Factors
  # that all probabilities share, and the sum of 1 + 128e-12 behind each floor, cancel and are left out.
  def draw(self, logits: Tensor, u: float, top_k: int, top_p: float, temperature: float,
      least: Tensor) -> Tensor:
    # characters by descending ids: a stable sort leaves the one with the larger id first where two are alike
    p = torch.nan_to_num(torch.softmax(torch.flip(logits, [0]), 0, 7), 0.0) + 1e-12
    ranked, order = torch.sort(p, stable=True, dim=0, descending=True)
    k = top_k if 0 < top_k and top_k < 128 else 128
    if k < 128:
      # those that top-k drops are all alike, so that their ids rank them
      dropped, places = torch.sort(order[k:])
      order = torch.cat([order[:k], dropped])
      ranked = torch.constant_pad_nd(ranked[:k], [0, 128 - k], 0.0)
    q = ranked / ranked.sum() + 1e-12
    if 0.0 < top_p and top_p < 1.0:
      # the nucleus: n first ranks, the sum of their probabilities before one is above top-p
      before = torch.cumsum(q, 0) - q
      q = q * (before <= top_p * 1.000000000128)
    q = torch.pow(q / q.sum() + 1e-12, 1.0 / temperature) + least
    weights = torch.zeros_like(q).scatter_(0, order, q)
    # the first id whose share of the sum is above the uniform number
    shares = torch.cumsum(torch.flip(weights, [0]), 0)
    above = ((shares / shares[-1]) > u).sum(0, True)
    return 128 - above
