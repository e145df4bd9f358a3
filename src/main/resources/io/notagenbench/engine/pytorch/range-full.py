
  def reduced_range(self) -> bool:
    return False
