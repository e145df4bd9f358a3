package io.notagenbench.generate;

import io.notagenbench.params.Recordings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The pieces that drafts may be taken from: the shipped traces of the embedded checkpoint, without the one
 * that is being written, because its continuation would be known.
 */
public final class KnownPieces {

    private KnownPieces() {
    }

    /** @param written the trace that a run writes; empty where the model decides */
    public static List<int[]> besides(Optional<Trace> written) {
        return Recordings.OF_TINY.stream().map(name -> Trace.load(name).stream())
                .filter(stream -> written.isEmpty() || !Arrays.equals(stream, written.get().stream())).toList();
    }
}
