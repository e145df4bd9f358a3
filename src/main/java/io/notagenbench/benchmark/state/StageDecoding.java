package io.notagenbench.benchmark.state;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Decoding;

/** Decodings of which one stage can be measured apart from a piece. */
final class StageDecoding {

    private StageDecoding() {
    }

    /** @throws Fault (usage) for drafts: how good they are depends on the piece, which a single stage has not */
    static Decoding of(String decoding) {
        if (Decoding.of(decoding) == Decoding.SPECULATIVE) {
            throw Fault.usage("decoding=speculative takes its drafts from the piece that it writes, so a stage alone says"
                    + " nothing about it: measure it with FullPieceBenchmark");
        }
        return Decoding.of(decoding);
    }
}
