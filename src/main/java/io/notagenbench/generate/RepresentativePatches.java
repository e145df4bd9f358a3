package io.notagenbench.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A few patches of a piece whose mean cost is that of all its patches: sorted by length and taken at even distances. So
 * a few invocations are enough even where a patch takes seconds.
 */
public final class RepresentativePatches {

    /** Number of patches. */
    public static final int COUNT = 8;

    private RepresentativePatches() {
    }

    /** The patches, each up to and with its EOS, the shortest first. */
    public static List<int[]> of(Trace trace) {
        List<int[]> sorted = new ArrayList<>(trace.patches());
        sorted.sort(Comparator.comparingInt(ids -> ids.length));
        List<int[]> chosen = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            chosen.add(sorted.get((2 * i + 1) * sorted.size() / (2 * COUNT)));
        }
        return chosen;
    }
}
