package io.notagenbench.decoding;

import java.util.List;

/**
 * What drafts are made of: the text so far, other pieces, and how often drafts of each confidence came true. One decoder at a
 * time learns with it; another one that goes on with the same piece can take it over.
 */
public final class DraftMemory {

    final Drafter drafter;
    final Acceptance chars = new Acceptance();
    final Acceptance patches = new Acceptance();

    /** @param known other pieces that drafts may be taken from, as streams of ids, each patch up to and with its EOS */
    public DraftMemory(List<int[]> known) {
        drafter = new Drafter(known);
    }
}
